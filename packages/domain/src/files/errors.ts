import type { ErrorMessages } from '../kernel/errors/error-messages.ts'

export interface FilesErrors {
  readonly attachment_not_found: { readonly attachmentId: string; readonly pointer?: string }
  readonly attachment_in_use: { readonly attachmentId: string }
  readonly too_large: { readonly limitBytes: number }
  readonly unsupported_type: { readonly allowed: readonly string[] }
  readonly file_damaged: { readonly attachmentId: string }
}

export const filesMessages: ErrorMessages<FilesErrors> = {
  attachment_not_found: ({ attachmentId }) => `There is no attachment ${attachmentId}.`,
  attachment_in_use: () => 'The file is linked to a record and is kept as its proof.',
  too_large: ({ limitBytes }) => `The file has more than ${limitBytes} bytes.`,
  unsupported_type: ({ allowed }) =>
    `The content of the file is none of ${allowed.join(', ')}; its name and the type that was sent do not matter.`,
  file_damaged: () => 'The bytes of the file are missing, or are not those that were stored.',
}
