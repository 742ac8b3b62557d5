export type {
  ByteRange,
  FileStore,
  LinkingFileStore,
  LinkOptions,
  ListedFile,
  ReceivedFile,
  StoredFile,
} from './file-store.ts'
export type { AttachmentRepository } from './ports.ts'
