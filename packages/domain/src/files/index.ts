export {
  type Attachment,
  type AttachmentEvent,
  type NewAttachment,
  removeAttachment,
  storeAttachment,
} from './attachment.ts'
export { type FileKey, type FilePlace, fileKey, parseFileKey } from './file-key.ts'
export { FILE_HEAD_BYTES, FILE_TYPES, type FileType, fileTypeOf } from './file-type.ts'
export type { AttachmentId } from './ids.ts'
export { requireAttachments } from './references.ts'
