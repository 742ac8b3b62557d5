import type pg from 'pg'
import type { Statement } from '../../src/kernel/session/statement.ts'

/** What a plan is made of. */
export interface Plan {
  readonly nodes: readonly string[]
  readonly indexes: readonly string[]
  /** Rows that any scan of a table or index gave, with those it threw away. */
  readonly rows: number
}

interface Node {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly Plans?: readonly Node[]
}

/** The plan of a statement on an owner's books, as it ran. */
export async function planOf(client: pg.Client, ownerId: string, { text, values }: Statement): Promise<Plan> {
  await client.query('begin')
  await client.query(`select set_config('app.owner_id', $1, true)`, [ownerId])
  const { rows } = await client.query(`explain (analyze, format json) ${text}`, [...values])
  await client.query('commit')
  const [{ Plan: plan }] = JSON.parse(rows[0]['QUERY PLAN'])
  const ran = walk(plan).filter((node) => node['Actual Loops'] > 0)
  return {
    nodes: ran.flatMap((node) => [node['Node Type'], `${node['Node Type']} on ${node['Relation Name']}`]),
    indexes: [...new Set(ran.flatMap((node) => node['Index Name'] ?? []))],
    rows: ran
      .filter((node) => node['Relation Name'] !== undefined)
      .reduce(
        (sum, node) =>
          sum + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
        0,
      ),
  }
}

function walk(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(walk)]
}
