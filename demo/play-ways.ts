import type { Actor } from '../contracts/actor.ts';
import type { Resource } from '../contracts/library.ts';
import type { Parts } from '../server/app.ts';
import { standingOfHost } from '../server/modules/proofreading/index.ts';
import {
  adoptSubmission,
  createMappingRule,
  offerResource,
  returnSubmission,
  reuseResource,
  setColumnLink,
  setColumnWriters,
} from '../server/modules/sites/index.ts';
import type { Cast } from './play-entries.ts';

interface Stage {
  readonly parts: Parts;
  readonly cast: Cast;
  /** By the keys of entries. */
  readonly resources: ReadonlyMap<string, Resource>;
  readonly operator: Actor;
}

/** An example of each way in which columns of the portal are kept filled: 映射, 报送, 链接, 共建. */
export async function playWays(stage: Stage): Promise<void> {
  const { parts, cast, operator } = stage;
  const columnOf = (key: string): string => cast.columns.get(key) ?? '0';
  const configure = { actor: operator };
  const any = { unitId: null, unitKind: null, sourceColumnId: null, types: [], term: null, keyword: null };
  await parts.performAsSystem(
    createMappingRule,
    { ...any, columnId: columnOf('www:bmfw'), unitKind: 'street', keyword: '便民服务', mode: 'automatic' },
    configure,
  );
  await parts.performAsSystem(
    createMappingRule,
    {
      ...any,
      columnId: columnOf('www:cjwt'),
      sourceColumnId: columnOf('jyj:zcjd'),
      keyword: '问答',
      mode: 'confirmed',
    },
    configure,
  );
  await parts.performAsSystem(
    setColumnLink(standingOfHost),
    { columnId: columnOf('www:sjkf'), url: 'https://www.jiangxi.gov.cn/' },
    configure,
  );
  const writers = [cast.units.get('wjw') ?? '0', cast.units.get('mzj') ?? '0'];
  await parts.performAsSystem(
    setColumnWriters,
    { columnId: columnOf('www:hygq'), unitIds: writers },
    configure,
  );
  await parts.performAsSystem(
    reuseResource(parts.atlas.base),
    { resourceId: resourceOf(stage, 'wjw-jkkp-01'), columnId: columnOf('www:hygq') },
    { actor: editorOf(stage, 'wjw') },
  );
  await playOffers(stage, columnOf('www:xyyw'));
}

const resourceOf = ({ resources }: Stage, key: string): string => resources.get(key)?.id ?? '0';

function editorOf({ cast }: Stage, unit: string): Actor {
  const unitId = cast.units.get(unit);
  const people = [...cast.people.values()];
  const editor = people.find((actor) => actor.unitId === unitId && actor.roles.includes('editor'));
  if (!editor) throw new Error(`the unit ${unit} has no editor`);
  return editor;
}

/** One that is adopted, one that comes back, and two that wait for the portal's editor. */
async function playOffers(stage: Stage, columnId: string): Promise<void> {
  const { parts } = stage;
  const { base } = parts.atlas;
  const offer = async (unit: string, key: string, note: string) =>
    parts.performAsSystem(
      offerResource(base),
      { resourceId: resourceOf(stage, key), columnId, note },
      { actor: editorOf(stage, unit) },
    );
  const portal = { actor: editorOf(stage, 'qzfb') };
  const adopted = await offer('jyj', 'jyj-gzdt-02', '部门联合行动，社会关注度高。');
  await parts.performAsSystem(adoptSubmission(base), { submissionId: adopted.id }, portal);
  const returned = await offer('gtjd', 'gtjd-gzdt-01', '');
  const reason = '要闻需有全区意义，请补充排查发现和整改的情况后再报送。';
  await parts.performAsSystem(returnSubmission(base), { submissionId: returned.id, reason }, portal);
  await offer('wjw', 'wjw-gzdt-01', '首批覆盖全部社区。');
  await offer('jyj', 'jyj-gzdt-03', '');
}
