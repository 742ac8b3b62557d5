import type { ErrorMessages } from '../kernel/errors/error-messages.ts'

export interface FilesErrors {
  readonly attachment_not_found: { readonly attachmentId: string; readonly pointer?: string }
}

export const filesMessages: ErrorMessages<FilesErrors> = {
  attachment_not_found: ({ attachmentId }) => `There is no attachment ${attachmentId}.`,
}
