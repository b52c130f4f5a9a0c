import { sql } from 'kysely';

import type { PageProblem } from '../../../contracts/relocation.ts';
import type { Db } from '../../platform/db.ts';
import { type PageRow, pages } from './page.queries.ts';

/** Articles of a column of their own that nobody gave a place are told so, and stay out. */
export async function markUnmapped(db: Db, projectId: string): Promise<void> {
  await sql`
    update relocation.page set problem = 'column-unmapped'
    from relocation.project
    where project.id = ${projectId} and page.project_id = project.id and page.kind = 'article' and page.state = 'read'
      and page.problem is null and project.default_column_id is null
      and page.content_digest is distinct from page.imported_digest
      and not exists (select from relocation.mapping where mapping.project_id = page.project_id and mapping.key = page.column_key)`.execute(
    db,
  );
}

/** Those that were told so and have a place by now may come in. */
export async function forgetUnmapped(db: Db, projectId: string): Promise<void> {
  await db
    .updateTable('relocation.page')
    .set({ problem: null })
    .where('project_id', '=', projectId)
    .where('problem', '=', 'column-unmapped')
    .execute();
}

export interface ToImport {
  readonly columnId: string;
  readonly pages: readonly PageRow[];
}

/**
 * The next articles of one column that are new or changed, oldest first: that is how the column numbers them. What the
 * operator left behind never comes up.
 */
export async function nextToImport(db: Db, projectId: string, limit: number): Promise<ToImport | undefined> {
  const { rows } = await sql<{ id: string; columnId: string }>`
    with waiting as (
      select page.id, page.produced_on, page.address,
        case when mapping.key is null then project.default_column_id else mapping.column_id end as column_id
      from relocation.page join relocation.project on project.id = page.project_id
      left join relocation.mapping on mapping.project_id = page.project_id and mapping.key = page.column_key
      where page.project_id = ${projectId} and page.kind = 'article' and page.state = 'read' and page.problem is null
        and page.content_digest is distinct from page.imported_digest
    )
    select id, column_id as "columnId" from waiting
    where column_id = (select min(column_id) from waiting)
    order by produced_on nulls first, address limit ${limit}`.execute(db);
  const [first] = rows;
  if (!first) return undefined;
  const order = new Map(rows.map((row, at) => [row.id, at]));
  const found = await pages(db)
    .where('id', '=', sql<string>`any(${rows.map((row) => row.id)}::bigint[])`)
    .execute();
  return {
    columnId: first.columnId,
    pages: [...found].sort((one, other) => (order.get(one.id) ?? 0) - (order.get(other.id) ?? 0)),
  };
}

export interface OldAndNew {
  readonly id: string;
  readonly address: string;
  readonly target: string;
}

export async function nextToRedirect(
  db: Db,
  projectId: string,
  limit: number,
): Promise<readonly OldAndNew[]> {
  const { rows } = await sql<OldAndNew>`
    select id, address, target from relocation.page
    where project_id = ${projectId} and target is not null and redirected_at is null
      and (problem is null or problem not in ('redirect-refused', 'target-missing'))
    order by id limit ${limit}`.execute(db);
  return rows;
}

/** Lists lead to the column that their articles went to, and what the server moved leads where that went. */
export async function aimLists(
  db: Db,
  projectId: string,
  columns: readonly { readonly id: string; readonly path: string }[],
): Promise<void> {
  await sql`
    with aimed as (
      select page.id,
        case when mapping.key is null then project.default_column_id else mapping.column_id end as column_id
      from relocation.page join relocation.project on project.id = page.project_id
      left join relocation.mapping on mapping.project_id = page.project_id and mapping.key = page.column_key
      where page.project_id = ${projectId} and page.kind in ('list', 'other') and page.state = 'read'
        and page.moved_to is null and exists (
          select from relocation.page as article where article.project_id = page.project_id
            and article.kind = 'article' and article.column_key = page.column_key
        )
    )
    update relocation.page set target = columns.path, redirected_at = null
    from aimed, unnest(${columns.map((one) => one.id)}::bigint[], ${columns.map((one) => one.path)}::text[])
      as columns (id, path)
    where page.id = aimed.id and columns.id = aimed.column_id and page.target is distinct from columns.path`.execute(
    db,
  );
  await sql`
    update relocation.page set target = onward.target, redirected_at = null
    from relocation.page as onward
    where page.project_id = ${projectId} and page.moved_to is not null and onward.project_id = page.project_id
      and onward.address = page.moved_to and onward.target is not null
      and page.target is distinct from onward.target`.execute(db);
}

export async function markRedirected(db: Db, ids: readonly string[], at: Date): Promise<void> {
  await sql`update relocation.page set redirected_at = ${at} where id = any(${[...ids]}::bigint[])`.execute(
    db,
  );
}

export async function markProblem(
  db: Db,
  ids: readonly string[],
  problem: PageProblem,
  detail: string | null,
): Promise<void> {
  await sql`
    update relocation.page set problem = ${problem}, problem_detail = ${detail} where id = any(${[...ids]}::bigint[])`.execute(
    db,
  );
}

/** A new run tries again what could not be redirected. */
export async function forgetRedirectProblems(db: Db, projectId: string): Promise<void> {
  await db
    .updateTable('relocation.page')
    .set({ problem: null, problem_detail: null })
    .where('project_id', '=', projectId)
    .where('problem', 'in', ['redirect-refused', 'target-missing', 'changed-here'])
    .execute();
}
