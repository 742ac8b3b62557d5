/** How large the books become, and what they depend on: the same plan gives the same books. */
export interface BooksPlan {
  /** Expenses; there is an invoice for every ten of them. */
  readonly rows: number
  readonly seed: number
  /** The last day on which anything was spent, `YYYY-MM-DD`. */
  readonly until: string
  /** Whose books they are; otherwise half or a million belong to one large owner, the rest to owners with a thousand each. */
  readonly ownerId?: string
  /** Whether every record gets its history. Books without it cannot be told from damaged ones. */
  readonly hasEvents: boolean
}

export const CATEGORIES = [
  ...['Usafiri', 'Chakula', 'Mafuta', 'Kodi ya nyumba', 'Umeme', 'Maji', 'Mawasiliano', 'Mishahara'],
  ...['Vifaa vya ofisi', 'Matengenezo', 'Bima', 'Mafunzo', 'Ulinzi', 'Usafi', 'Benki', 'Mengineyo'],
]

export const PURPOSES = ['Nauli', 'Malipo', 'Ununuzi', 'Huduma', 'Ada', 'Posho', 'Marejesho', 'Mkopo']
export const THINGS = [
  ...['basi', 'teksi', 'pikipiki', 'dizeli', 'petroli', 'chai', 'mchele', 'unga', 'sukari', 'karatasi'],
  ...['wino', 'simu', 'intaneti', 'umeme', 'maji', 'gesi', 'matairi', 'betri', 'taa', 'saruji'],
  ...['mbao', 'misumari', 'rangi', 'viti', 'meza', 'kompyuta', 'printa', 'sabuni', 'dawa', 'mbegu'],
  ...['mbolea', 'magunia', 'vyombo', 'sare', 'viatu', 'kufuli', 'bomba', 'nyaya', 'vitabu', 'magazeti'],
]
export const PLACES = [
  ...['Kariakoo', 'Mwanza', 'Arusha', 'Dodoma', 'Mbeya', 'Morogoro', 'Tanga', 'Kigoma', 'Tabora', 'Iringa'],
  ...['Moshi', 'Songea', 'Bukoba', 'Lindi', 'Mtwara', 'Singida', 'Shinyanga', 'Musoma', 'Zanzibar', 'Ubungo'],
]
/** In one expense of a thousand. */
export const RARE_WORD = 'jenereta'

export const SUPPLIERS = [
  'Kilimo',
  'Tanesco',
  'Dawasa',
  'Juma',
  'Neema',
  'Baraka',
  'Simba',
  'Twiga',
  'Nyota',
  'Upendo',
]
export const KINDS_OF_SUPPLIER = [
  'Traders',
  'Supplies',
  'Transport',
  'Stores',
  'Engineering',
  'Motors',
  'Foods',
  'Works',
]

const LARGE_OWNER_ROWS = 1_000_000
const SMALL_OWNER_ROWS = 1000

/** Of so many expenses, one belongs to the large owner. */
export function largeOwnerEvery({ rows }: BooksPlan): number {
  return Math.max(2, Math.floor(rows / LARGE_OWNER_ROWS))
}

/** How many owners there are. The first is the large one, or has everything where it was named. */
export function ownerCount(plan: BooksPlan): number {
  const small = plan.rows * (1 - 1 / largeOwnerEvery(plan))
  return plan.ownerId === undefined ? 1 + Math.max(1, Math.round(small / SMALL_OWNER_ROWS)) : 1
}

/** The owner at this place of a plan that names none. */
export function plannedOwnerId({ seed }: Pick<BooksPlan, 'seed'>, at: number): string {
  return `0b000000-0000-7000-8${seedDigits(seed)}-${at.toString(16).padStart(12, '0')}`
}

export function seedDigits(seed: number): string {
  return (seed % 4096).toString(16).padStart(3, '0')
}
