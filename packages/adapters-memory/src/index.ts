export { createMemoryAdapters, type MemoryAdapters, type MemoryOptions } from './memory-adapters.ts'
