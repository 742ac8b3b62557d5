type Step = () => unknown

/** Asks one question before the first of these changes and after each of them. */
export async function answers<Answer>(
  ask: () => Promise<Answer>,
  ...changes: readonly Step[]
): Promise<Answer[]> {
  const given = [await ask()]
  for (const change of changes) {
    await change()
    given.push(await ask())
  }
  return given
}
