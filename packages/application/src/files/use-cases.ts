import type { UseCaseKinds } from '../kernel/use-case-kinds.ts'
import type { UseCaseDeps } from '../use-case-deps.ts'
import { compareFiles } from './compare-files.ts'
import { deleteAttachment } from './delete-attachment.ts'
import { followLink } from './follow-link.ts'
import { getAttachment } from './get-attachment.ts'
import { linkAttachment } from './link-attachment.ts'
import { readAttachment } from './read-attachment.ts'
import { reconcileFiles } from './reconcile-files.ts'
import { sweepFiles } from './sweep-files.ts'
import { enterFile, sameUpload, uploadAttachment } from './upload-attachment.ts'
import { verifyFiles } from './verify-files.ts'

/** How large a file may be, unless the options of the books say otherwise. */
const LIMIT_BYTES = 10 * 1024 * 1024

export function filesUseCases(deps: UseCaseDeps, { read, write, operate }: UseCaseKinds) {
  const enter = write('attachments.upload', enterFile(deps), sameUpload)
  return {
    attachments: Object.freeze({
      upload: uploadAttachment({ ...deps, enter, limitBytes: deps.uploadLimitBytes ?? LIMIT_BYTES }),
      get: read(getAttachment(deps)),
      read: read(readAttachment(deps)),
      link: read(linkAttachment(deps)),
      follow: followLink(deps),
      delete: write('attachments.delete', deleteAttachment(deps)),
    }),
    storage: Object.freeze({
      sweep: operate(sweepFiles(deps)),
      verify: operate(verifyFiles(deps)),
      compare: operate(compareFiles(deps)),
      reconcile: operate(reconcileFiles(deps)),
    }),
  }
}
