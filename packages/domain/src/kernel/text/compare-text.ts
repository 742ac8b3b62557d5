/** Compares by code points. That is also the order of the UTF-8 bytes, so memory and databases sort alike. */
export function compareText(one: string, other: string): -1 | 0 | 1 {
  const shorter = Math.min(one.length, other.length)
  for (let at = 0; at < shorter; at += 1) {
    const [unit, otherUnit] = [one.charCodeAt(at), other.charCodeAt(at)]
    if (unit !== otherUnit) return rank(unit) < rank(otherUnit) ? -1 : 1
  }
  if (one.length === other.length) return 0
  return one.length < other.length ? -1 : 1
}

/** Surrogates stand for code points above U+FFFF, so they must sort after all other units. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x1_0000 : unit
}
