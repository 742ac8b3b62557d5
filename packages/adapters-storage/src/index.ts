export { type FallbackFileStoreOptions, fallbackFileStore } from './fallback/fallback-file-store.ts'
export type { FallbackReason } from './fallback/outage.ts'
export { createFolderFileStore, type FolderFileStoreOptions } from './filesystem/folder-file-store.ts'
export { createS3FileStore, type S3FileStoreOptions } from './s3/s3-file-store.ts'
