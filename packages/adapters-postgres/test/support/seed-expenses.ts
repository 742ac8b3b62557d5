import pg from 'pg'

/** A place is the row's number turned by the golden ratio: spread, the same every time, and no neighbours' neighbour. */
const SEED = `
  insert into daftari.owner (id) values ($1) on conflict do nothing;`

const EXPENSES = `
  with place as (select n, (n * 618034 % 1000003) as spread from generate_series(1, $2::bigint) n),
    worded as (select *, 'Receipt ' || (n % 997) || case n % 5 when 0 then ' diesel' when 1 then ' market' when 2 then ' teapot' else ' tea' end
      || case when n % 1000 = 7 then ' generator' else '' end as description from place)
  insert into daftari.expense (owner_id, id, version, category_id, amount_minor, currency, expense_date, description,
    words, created_at, created_by, updated_at)
  select $1, gen_random_uuid(), 1, ($3::uuid[])[1 + n % 10], 100 + spread, 'TZS', date '2024-01-01' + (spread % 1000)::integer,
    description, ' ' || lower(description), now(), 'seed', now() from worded`

export interface Seeded {
  readonly ownerId: string
  readonly categoryIds: readonly string[]
}

/** Ten categories and many expenses of one owner, written past the application. */
export async function seedExpenses(url: string, ownerId: string, count: number): Promise<Seeded> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(SEED, [ownerId])
    await client.query(
      `insert into daftari.settings (owner_id, time_zone) values ($1, 'Africa/Dar_es_Salaam') on conflict do nothing`,
      [ownerId],
    )
    const { rows } = await client.query(
      `insert into daftari.category (owner_id, id, version, name, name_key, created_at, created_by, updated_at)
        select $1, gen_random_uuid(), 1, 'Category ' || n, 'category ' || n, now(), 'seed', now()
        from generate_series(1, 10) n returning id`,
      [ownerId],
    )
    const categoryIds = rows.map(({ id }) => String(id))
    await client.query(EXPENSES, [ownerId, count, categoryIds])
    return { ownerId, categoryIds }
  } finally {
    await client.end()
  }
}

/** Invoices of one owner, few of them for lamps or from a rare supplier. */
export async function seedInvoices(url: string, ownerId: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(INVOICES, [ownerId, count])
  } finally {
    await client.end()
  }
}

const INVOICES = `
  with place as (select n, (n * 618034 % 1000003) as spread,
    case when n % 1000 = 3 then 'rare supplier' else 'supplier ' || n % 100 end as supplier from generate_series(1, $2::bigint) n)
  insert into daftari.invoice (owner_id, id, version, status, supplier_name, supplier_key, supplier_words, number,
    number_key, due_date, currency, total_minor, total_hundredths, paid_minor, words, created_at, created_by, updated_at)
  select $1, gen_random_uuid(), 1, 'pending', supplier, supplier, ' ' || supplier, 'INV' || n, 'INV' || n,
    date '2026-01-01' + (spread % 900)::integer, 'TZS', 100 + spread, 100 + spread, 0,
    ' ' || supplier || ' inv' || n || case when n % 1000 = 5 then ' lamps' else '' end,
    timestamptz '2026-01-01' + n * interval '1 minute', 'seed', now() from place`
