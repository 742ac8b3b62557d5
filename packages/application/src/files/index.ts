export { FILE_TYPES } from '@daftari/domain'
export {
  type AttachmentContent,
  type AttachmentLink,
  type AttachmentTarget,
  type AttachmentView,
  attachmentView,
  type LinkInput,
  linkQuery,
  type ReadAttachmentInput,
  type UploadInput,
} from './attachment-shapes.ts'
export type { CompareView, FileDifference } from './compare-files.ts'
export { contentDisposition } from './content-disposition.ts'
export type {
  ByteRange,
  FileStore,
  LinkingFileStore,
  LinkOptions,
  ListedFile,
  ReceivedFile,
  StoredFile,
} from './file-store.ts'
export { noFileStore } from './no-file-store.ts'
export type {
  AttachmentQueries,
  AttachmentRepository,
  FileUpkeep,
  OwnedAttachment,
} from './ports.ts'
export type { ReconcileView } from './reconcile-files.ts'
export type { SweepView } from './sweep-files.ts'
export type { VerifyView } from './verify-files.ts'
