export { type Followed, type MemoryFileStore, memoryFileStore } from './files/memory-file-store.ts'
export { createMemoryAdapters, type MemoryAdapters, type MemoryOptions } from './memory-adapters.ts'
