import type { Migration } from '../migrate/migration.ts'

/**
 * A word is stored with its first 64 characters, because an index entry has a maximum size. The words of the record
 * itself decide whether a longer word matches.
 */
const SPLIT = (words: string): string =>
  `select distinct left(word, 64) collate "C" as word from string_to_table(substr(${words}, 2), ' ') as word`

function rightsOn(table: string): string {
  return `grant select, insert, update, delete on daftari.${table} to daftari_app;`
}

function wordTable(name: string, columns: string, key: string): string {
  return `
    create table daftari.${name} (
      owner_id uuid not null,
      ${columns},
      constraint ${name}_pk primary key (${key})
    );
    ${rightsOn(name)}
    alter table daftari.${name} enable row level security, force row level security;
    create policy own_rows on daftari.${name}
      using (owner_id = (select daftari.current_owner()))
      with check (owner_id = (select daftari.current_owner()));`
}

/** Row level security also applies to the owner of the schema, so it is switched off while this migration reads the rows of all owners. */
function inFrontOfTheWall(tables: readonly string[], work: string): string {
  const each = (change: string): string =>
    tables.map((table) => `alter table daftari.${table} ${change} row level security;`).join('\n    ')
  return `
    ${each('no force')}
    ${work}
    ${each('force')}`
}

const EXPENSE_WORDS = `
    create function daftari.keep_expense_words() returns trigger language plpgsql as $$
      begin
        if tg_op <> 'INSERT' then
          delete from daftari.expense_word w using (${SPLIT('old.words')}) as split
            where w.owner_id = old.owner_id and w.word = split.word and w.expense_date = old.expense_date
              and w.expense_id = old.id;
        end if;
        if tg_op <> 'DELETE' then
          insert into daftari.expense_word (owner_id, word, expense_date, expense_id)
            select new.owner_id, word, new.expense_date, new.id from (${SPLIT('new.words')}) as split;
        end if;
        return null;
      end $$;
    create trigger expense_words_inserted after insert on daftari.expense for each row
      when (new.words <> '') execute function daftari.keep_expense_words();
    create trigger expense_words_updated after update on daftari.expense for each row
      when (old.words <> new.words or old.expense_date <> new.expense_date)
      execute function daftari.keep_expense_words();
    create trigger expense_words_deleted after delete on daftari.expense for each row
      when (old.words <> '') execute function daftari.keep_expense_words();`

const INVOICE_WORDS = `
    create function daftari.keep_invoice_words() returns trigger language plpgsql as $$
      begin
        if tg_op <> 'INSERT' then
          delete from daftari.invoice_word w
            using (select 'all' as field, word from (${SPLIT('old.words')}) as split
              union all select 'supplier', word from (${SPLIT('old.supplier_words')}) as split) as known
            where w.owner_id = old.owner_id and w.field = known.field and w.word = known.word
              and w.invoice_id = old.id;
        end if;
        if tg_op <> 'DELETE' then
          insert into daftari.invoice_word (owner_id, field, word, invoice_id)
            select new.owner_id, 'all', word, new.id from (${SPLIT('new.words')}) as split
            union all select new.owner_id, 'supplier', word, new.id from (${SPLIT('new.supplier_words')}) as split;
        end if;
        return null;
      end $$;
    create trigger invoice_words_inserted after insert on daftari.invoice for each row
      execute function daftari.keep_invoice_words();
    create trigger invoice_words_updated after update on daftari.invoice for each row
      when (old.words <> new.words or old.supplier_words <> new.supplier_words)
      execute function daftari.keep_invoice_words();
    create trigger invoice_words_deleted after delete on daftari.invoice for each row
      execute function daftari.keep_invoice_words();`

/**
 * Adds tables of words for searches, because under row level security only comparison operators can use an index, and
 * `like` is not one. Triggers maintain the words, so that no writer can forget them. The indexes of lists also include
 * the columns that sums need.
 */
export const largeBooksMigration: Migration = {
  name: '0003-large-books',
  rights: `${rightsOn('expense_word')} ${rightsOn('invoice_word')}`,
  up: `
    create index expense_day_idx on daftari.expense (owner_id, expense_date, id) include (category_id, amount_minor);
    drop index daftari.expense_date_idx;
    create index expense_filed_idx on daftari.expense (owner_id, category_id, expense_date, id)
      include (amount_minor);
    drop index daftari.expense_category_idx;
    ${wordTable(
      'expense_word',
      `word text collate "C" not null,
      expense_date date not null,
      expense_id uuid not null`,
      'owner_id, word, expense_date, expense_id',
    )}
    ${wordTable(
      'invoice_word',
      `field text collate "C" not null
        constraint invoice_word_field_check check (field in ('all', 'supplier')),
      word text collate "C" not null,
      invoice_id uuid not null`,
      'owner_id, field, word, invoice_id',
    )}
    ${inFrontOfTheWall(
      ['expense', 'expense_word', 'invoice', 'invoice_word'],
      `insert into daftari.expense_word (owner_id, word, expense_date, expense_id)
      select e.owner_id, split.word, e.expense_date, e.id
      from daftari.expense e cross join lateral (${SPLIT('e.words')}) as split;
    insert into daftari.invoice_word (owner_id, field, word, invoice_id)
      select i.owner_id, 'all', split.word, i.id
        from daftari.invoice i cross join lateral (${SPLIT('i.words')}) as split
      union all select i.owner_id, 'supplier', split.word, i.id
        from daftari.invoice i cross join lateral (${SPLIT('i.supplier_words')}) as split;`,
    )}
    ${EXPENSE_WORDS}
    ${INVOICE_WORDS}
  `,
  down: `
    drop trigger expense_words_inserted on daftari.expense;
    drop trigger expense_words_updated on daftari.expense;
    drop trigger expense_words_deleted on daftari.expense;
    drop trigger invoice_words_inserted on daftari.invoice;
    drop trigger invoice_words_updated on daftari.invoice;
    drop trigger invoice_words_deleted on daftari.invoice;
    drop function daftari.keep_expense_words();
    drop function daftari.keep_invoice_words();
    drop table daftari.expense_word, daftari.invoice_word;
    create index expense_date_idx on daftari.expense (owner_id, expense_date, id);
    drop index daftari.expense_day_idx;
    create index expense_category_idx on daftari.expense (owner_id, category_id, expense_date)
      include (amount_minor);
    drop index daftari.expense_filed_idx;
  `,
}
