export type { Saboteur, Saboteurs } from './saboteurs/overlay.ts'
export { saboteurs } from './saboteurs/saboteurs.ts'
