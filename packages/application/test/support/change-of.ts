/**
 * The target and the fields of a change, with what a test gives put where it belongs: what names a part of the target
 * replaces that part, anything else is a field.
 */
export function changeOf<Target extends object, Fields extends object>(
  target: Target,
  fields: Fields,
  given: object,
): [Target, Fields] {
  const isOfTarget = (name: string) => name === 'version' || name in target
  const entries = Object.entries(given)
  return [
    { ...target, ...Object.fromEntries(entries.filter(([name]) => isOfTarget(name))) },
    { ...fields, ...Object.fromEntries(entries.filter(([name]) => !isOfTarget(name))) },
  ]
}
