import type { RelationProposal, RelationProposalQuery } from '../../../contracts/library.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { unitNames } from '../identity/index.ts';
import { documentLines } from './document.queries.ts';
import { knownResources } from './known.queries.ts';
import { countProposals, proposalPage, type ProposalRow } from './proposal.queries.ts';
import { canEdit } from './resource.policy.ts';

const countCap = 1000;

/** What is proposed to the units in scope, the surest first. */
export async function listProposals(reader: Reader, query: RelationProposalQuery) {
  const { unitId, kind, state = 'proposed', least = 0, cursor, limit = 20 } = query;
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const filter = { unitId, kind, state, least, after };
  const rows = await proposalPage(reader.db, reader.actor.scope, filter, limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: await present(reader, shown),
    nextCursor: rows.length > limit && last ? `${String(last.confidence)}.${last.id}` : null,
    count: await countProposals(reader.db, reader.actor.scope, filter, countCap),
  };
}

function readCursor(text: string) {
  const [, confidence, id] = /^(\d{1,3})\.([1-9]\d{0,17})$/.exec(text) ?? [];
  if (confidence === undefined || id === undefined) {
    throw new AppError('invalid', 'library.cursor-wrong', '翻页位置无效，请从第一页重新开始。');
  }
  return { confidence: Number(confidence), id };
}

async function present(reader: Reader, rows: readonly ProposalRow[]): Promise<RelationProposal[]> {
  const ids = [...new Set(rows.flatMap((row) => [row.fromId, row.toId]))];
  const known = await knownResources(reader.db, reader.actor.scope, ids);
  const lines = await documentLines(reader.db, ids);
  const names = await unitNames(reader.db, [...new Set([...known.values()].map((one) => one.unitId))]);
  const side = (id: string): RelationProposal['from'] | undefined => {
    const [one, line] = [known.get(id), lines.get(id)];
    if (!one || !line) return undefined;
    return {
      id,
      title: line.title,
      unitName: names.get(one.unitId) ?? '',
      writtenOn: line.writtenOn,
      isOpen: one.isOpen,
    };
  };
  return rows.flatMap(({ fromId, fromUnitId, toId, foundAt, ...told }) => {
    const [from, to] = [side(fromId), side(toId)];
    if (!from || !to) return [];
    const canDecide = told.state !== 'accepted' && canEdit(reader.actor, fromUnitId);
    return [{ ...told, from, to, foundAt: foundAt.toISOString(), canDecide }];
  });
}
