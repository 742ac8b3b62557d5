import pg from 'pg'

type Rewrite = (text: string) => string

/** The name under which an adapter connects whose statements are rewritten. */
const REWRITTEN = 'rewritten'

export function rewrittenUrl(url: string): string {
  return `${url}?application_name=${REWRITTEN}`
}

/** Sends other statements than the adapter wrote, on the connections of `rewrittenUrl`; gives the way back. */
export function rewriteStatements(rewrite: Rewrite): () => void {
  const { query } = pg.Client.prototype
  const rewritten: unknown = function query_(this: object, config: unknown, ...rest: unknown[]) {
    const { application_name: name } = Reflect.get(this, 'connectionParameters') as {
      application_name?: string
    }
    return Reflect.apply(query, this, [name === REWRITTEN ? rewriteConfig(config, rewrite) : config, ...rest])
  }
  Reflect.set(pg.Client.prototype, 'query', rewritten)
  return () => {
    Reflect.set(pg.Client.prototype, 'query', query)
  }
}

function rewriteConfig(config: unknown, rewrite: Rewrite): unknown {
  if (typeof config === 'string') return rewrite(config)
  if (typeof config !== 'object' || config === null || !('text' in config)) return config
  return { ...config, text: rewrite(String(config.text)) }
}

const OWNER_CONDITION = /(?:"?\w+"?\.)?"?owner_id"? = \$(\d+)(?:::uuid)?/g
const OWN_ROW = /(from daftari\.owner where )id = \$1/g

/** The statement without the condition that its rows are the owner's. */
export function withoutOwnerCondition(text: string): string {
  return text.replace(OWNER_CONDITION, '$$$1::uuid is not null').replace(OWN_ROW, '$1$$1::uuid is not null')
}
