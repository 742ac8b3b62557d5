export { saboteurs } from './books/all-saboteurs.ts'
export { fileLinkSaboteurs } from './files/file-link-saboteurs.ts'
export { fileStoreSaboteurs } from './files/file-store-saboteurs.ts'
export type { Saboteur, Saboteurs } from './kernel/sabotage/overlay.ts'
