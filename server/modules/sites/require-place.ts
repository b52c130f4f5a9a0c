import { blockName } from '../../../contracts/block-problems.ts';
import { columnIdsIn } from '../../../contracts/blocks.ts';
import type { ResourceContent } from '../../../contracts/library.ts';
import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { ResourceRow } from '../library/index.ts';
import { columnById, type ColumnRow, columnsById } from './column.queries.ts';
import { requireStillOwn } from './own-site.ts';
import { ownPlacementsOf } from './placement.queries.ts';
import { siteById } from './site.queries.ts';

type Asking = Pick<Ctx, 'db'>;
type Placed = Pick<ResourceRow, 'id' | 'unitId' | 'type'>;

/** Refuses what has nowhere to appear: no column, or for a home page no site of its unit. */
export async function requirePlace(
  { db }: Asking,
  resource: Placed,
  content: ResourceContent,
): Promise<void> {
  if (resource.type === 'home') {
    requireStillOwn(resource.unitId, await siteById(db, content.siteId ?? '0'));
    return;
  }
  const [main] = await ownPlacementsOf(db, resource.id);
  if (!main) throw new AppError('conflict', 'sites.placement-missing', '请先选择要发布到的栏目。');
  if (resource.type === 'topic') await requireTopicColumn({ db }, main.columnId);
}

/** Units write into and offer to the portal alone: their own sites are theirs. */
export async function requirePortalColumn({ db }: Asking, column: ColumnRow): Promise<void> {
  if ((await siteById(db, column.siteId))?.isPortal === true) return;
  const message = `“${column.name}”不是门户网站的栏目，只有门户网站的栏目可以报送和共建。`;
  throw new AppError('conflict', 'sites.portal-column-required', message);
}

/** The main column gives the address, and the addresses of topics lie together. */
export async function requireTopicColumn({ db }: Asking, columnId: string): Promise<void> {
  const column = await columnById(db, columnId);
  if (column?.kind === 'topic') return;
  throw new AppError(
    'conflict',
    'sites.topic-column-required',
    `专题的主栏目要选“专题专栏”类的栏目，“${column?.name ?? ''}”不是。`,
  );
}

/** Before anybody spends time on reviewing it: every column that a block shows exists and is open. */
export async function requireBlockColumns({ db }: Asking, content: ResourceContent): Promise<void> {
  const blocks = content.blocks ?? [];
  const columns = await columnsById(db, columnIdsIn(blocks));
  const open = new Set(columns.filter((column) => column.closedAt === null).map((column) => column.id));
  const problems = blocks.flatMap((block, index) =>
    columnIdsIn([block]).every((id) => open.has(id))
      ? []
      : [{ field: 'blocks', message: `${blockName(block, index)}：有栏目不存在或已经关闭，请重新选择。` }],
  );
  const [first] = problems;
  if (first)
    throw new AppError('invalid', 'sites.block-column-missing', first.message, { details: { problems } });
}
