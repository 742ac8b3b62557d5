export { saboteurs } from './books/all-saboteurs.ts'
export type { Saboteur, Saboteurs } from './kernel/sabotage/overlay.ts'
