import {
  type BooksPlan,
  CATEGORIES,
  largeOwnerEvery,
  PLACES,
  PURPOSES,
  plannedOwnerId,
  RARE_WORD,
  seedDigits,
  THINGS,
} from './plan.ts'

const DAYS = 730

/** A number from 0 on and below 2^20 that depends on the row, the seed and its place, and on nothing else. */
export function dice({ seed }: BooksPlan, at: number): string {
  return `(hashint8extended(n, ${seed * 64 + at}) & 1048575)`
}

export function list(texts: readonly string[]): string {
  return `(array[${texts.map((text) => `'${text}'`).join(', ')}])`
}

/** A UUID of version 7 with the row's time, the rest made from the row. */
export function idOf({ seed }: BooksPlan, kind: string, at: string): string {
  return `(lpad(to_hex((extract(epoch from ${at}) * 1000)::bigint), 12, '0') || '7' ||
    substr(md5('${kind} ${seed} ' || n), 1, 3) || '8' || substr(md5('${kind} ${seed} ' || n), 4, 15))::uuid`
}

/** Whose the row is, by place. */
export function ownerAt(plan: BooksPlan, owners: number): string {
  return plan.ownerId === undefined
    ? `case when n % ${largeOwnerEvery(plan)} = 0 then 0 else 1 + ${dice(plan, 1)} % ${owners - 1} end`
    : '0'
}

/** Owners, their settings and categories, and who they are while the rest is made. */
export function ownersSql(plan: BooksPlan, owners: number): readonly string[] {
  const id =
    plan.ownerId === undefined
      ? `('${plannedOwnerId(plan, 0).slice(0, 24)}' || lpad(to_hex(at), 12, '0'))::uuid`
      : `'${plan.ownerId}'::uuid`
  return [
    `create temp table planned_owner on commit preserve rows as
      select at, ${id} as id from generate_series(0, ${owners - 1}) as at`,
    `insert into daftari.owner (id, name) select id, 'Shirika ' || at from planned_owner on conflict do nothing`,
    `insert into daftari.settings (owner_id, time_zone) select id, 'Africa/Dar_es_Salaam' from planned_owner
      on conflict do nothing`,
    `create temp table new_category on commit preserve rows as
      insert_here`.replace(
      'insert_here',
      `select p.id as owner_id, ('0c000000-0000-7000-8${seedDigits(plan.seed)}-' ||
          lpad(to_hex(p.at * 256 + c.at), 12, '0'))::uuid as id, c.name, lower(c.name) as name_key
        from planned_owner p, unnest(${list(CATEGORIES)}) with ordinality as c (name, at)
        where not exists (select from daftari.category known
          where known.owner_id = p.id and known.name_key = lower(c.name))`,
    ),
    `insert into daftari.category (owner_id, id, name, name_key, version, created_at, created_by, updated_at)
      select owner_id, id, name, name_key, 1, ${opened(plan)}, 'generator', ${opened(plan)} from new_category`,
    `create temp table planned_category on commit preserve rows as
      select p.at as owner_at, p.id as owner_id, c.id, c.name,
        row_number() over (partition by p.at order by c.name_key) - 1 as at
      from planned_owner p join daftari.category c on c.owner_id = p.id where c.name_key = any (
        select lower(name) from unnest(${list(CATEGORIES)}) as name)`,
    'analyze planned_owner, planned_category',
  ]
}

/** Midnight in Dar es Salaam of the first day. */
export function opened({ until }: BooksPlan): string {
  return `(timestamptz '${until} 00:00:00+03' - interval '${DAYS} days')`
}

/** The moment of a row: they come one after another, those of all owners between each other. */
function moment({ until, rows }: BooksPlan): string {
  return `date_trunc('milliseconds', timestamptz '${until} 20:00:00+03' - (${rows} - n) * (interval '${DAYS} days' / ${rows}))`
}

/** The expenses from one row to another, with the words that their descriptions have. */
export function expensesSql(plan: BooksPlan, owners: number, first: number, last: number): string {
  const roll = (at: number): string => dice(plan, at)
  // The higher the power, the more often the first of a list.
  const thing = `${list(THINGS)}[1 + floor(power(${roll(4)} / 1048576.0, 3) * ${THINGS.length})::integer]`
  const more = `case when ${roll(6)} % 2 = 0 then ', ' || ${list(PLACES)}[1 + ${roll(7)} % ${PLACES.length}] else '' end ||
    case when ${roll(8)} % 5 = 0 then ' risiti ' || ${roll(9)} else '' end ||
    case when ${roll(10)} % 1000 = 0 then ' ${RARE_WORD}' else '' end`
  return `with spent as (
      select n, ${ownerAt(plan, owners)} as owner_at, ${roll(2)} % ${CATEGORIES.length} as category_at, ${moment(plan)} as at,
        case when ${roll(11)} % 50 = 0 then 20 else 1 end * (50000 + ${roll(3)} * 100 / 40) as minor,
        case when ${roll(5)} % 4 > 0 then
          ${list(PURPOSES)}[1 + ${roll(12)} % ${PURPOSES.length}] || ': ' || ${thing} || ${more} end as description
      from generate_series(${first}::bigint, ${last}) as n)
    insert into daftari.expense (owner_id, id, category_id, amount_minor, currency, expense_date, description, words,
      version, created_at, created_by, updated_at)
    select c.owner_id, ${idOf(plan, 'expense', 's.at')}, c.id, s.minor, 'TZS',
      (s.at at time zone 'Africa/Dar_es_Salaam')::date, s.description,
      case when s.description is null then '' else ' ' || lower(translate(s.description, ':,', '')) end,
      1, s.at, 'generator', s.at
    from spent s join planned_category c on c.owner_at = s.owner_at and c.at = s.category_at`
}

/** For tables whose triggers stand still. No word comes twice in a description that was generated. */
export function expenseWordsSql(isNew: string): string {
  return `insert into daftari.expense_word (owner_id, word, expense_date, expense_id)
    select owner_id, word, expense_date, id
    from daftari.expense, string_to_table(substr(words, 2), ' ') as word where ${isNew}`
}
