/** Why a bench cannot be run here, in a sentence that says what to do. */
export class CannotRun extends Error {}
