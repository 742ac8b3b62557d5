import { type ContextInvariants, isOwnedBy } from './context-invariants.ts'

/** Every change of a record has one event. The events are numbered from 1 without gaps, and the record has the version of the last one. */
export function eventsMatch(contexts: readonly ContextInvariants[]): string {
  const unversioned = contexts.flatMap((context) => context.unversioned ?? [])
  return `
  with told as (
    select owner_id, aggregate_type, aggregate_id, count(*) as events, min(aggregate_version) as first,
      max(aggregate_version) as last, (array_agg(type order by aggregate_version desc))[1] as last_type
    from daftari.event where ${isOwnedBy('owner_id')} group by owner_id, aggregate_type, aggregate_id),
  kept as (${union(contexts, 'records')})
  select owner_id, aggregate_type || ' ' || aggregate_id as subject,
    format('is at version %s; its %s events go from %s to %s and end with %s', coalesce(version::text, 'none'),
      coalesce(events, 0), coalesce(first, 0), coalesce(last, 0), coalesce(last_type, 'none')) as detail
  from told full join kept using (owner_id, aggregate_type, aggregate_id)
  where events is distinct from last or first is distinct from 1
    or (version is not null and (version is distinct from last or last_type like '%.deleted'))
    or (version is null and aggregate_type <> all (array[${unversioned.map((kind) => `'${kind}'`).join(', ')}]::text[])
      and last_type not like '%.deleted')`
}

/** No record refers to a file of another owner. Foreign keys cannot check this, because the ids of files are in array columns. */
export function filesApart(contexts: readonly ContextInvariants[]): string {
  return `
  select named.owner_id, named.subject, 'names the file ' || named.file || ', which the owner does not have' as detail
  from (${union(contexts, 'namedFiles')}) as named
  where not exists (select from daftari.attachment a where a.owner_id = named.owner_id and a.id = named.file)`
}

/** The entries of the word tables equal the words of the records, so that a search finds every record and no other. */
export function wordsMatch(contexts: readonly ContextInvariants[]): string {
  return `
  with wanted as (select distinct * from (${union(contexts, 'wantedWords')}) as known),
  entered as (${union(contexts, 'enteredWords')})
  (select owner_id, kind || ' ' || id as subject, 'cannot be found by ' || string_agg(word, ', ' order by word) as detail
    from (select * from wanted except select * from entered) as missing group by owner_id, kind, id)
  union all
  (select owner_id, kind || ' ' || id, 'is found by ' || string_agg(word, ', ' order by word) || ', which it does not say'
    from (select * from entered except select * from wanted) as astray group by owner_id, kind, id)`
}

type Part = 'records' | 'namedFiles' | 'wantedWords' | 'enteredWords'

/** The union of one part of all contexts, for the current owner. */
function union(contexts: readonly ContextInvariants[], part: Part): string {
  const selects = contexts.flatMap((context) => context[part] ?? [])
  return `select * from (${selects.join(' union all ')}) as parts where ${isOwnedBy('owner_id')}`
}
