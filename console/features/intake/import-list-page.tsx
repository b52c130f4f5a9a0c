import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import {
  importFormatNames,
  importStageNames,
  type ImportSummary,
  intakeApi,
} from '../../../contracts/intake.ts';
import { pagesFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { useTypeName } from '../../lib/use-types.ts';
import { agoText } from '../../lib/time.ts';
import { LoadMore } from '../../ui/load-more.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { countsText, isWorking } from './import-words.ts';
import { NewImport } from './new-import.tsx';
import { TemplateLinks } from './template-links.tsx';

const everyMilliseconds = 2_000;

/** Files that were brought in, and the way to bring in another. */
export function ImportListPage({ onCreated }: { readonly onCreated: (id: string) => void }) {
  const client = useClient();
  const list = useInfiniteQuery({
    ...pagesFor(client, intakeApi.listImports, { query: {} }),
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(isWorking)) === true ? everyMilliseconds : false,
  });
  return (
    <Page
      title="导入"
      subtitle="把原有网站、表格和文档里的信息成批带进来。先试运行，看清每一条的结果，再导入。"
    >
      <NewImport onCreated={onCreated} />
      <TemplateLinks />
      <Loaded query={list}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0)
            return <EmptyState title="还没有导入过" hint="在上面选择文件后，会一步一步地带您完成。" />;
          return (
            <>
              <ul className="card-list import-list" aria-label="导入记录">
                {items.map((item) => (
                  <ImportRow key={item.id} item={item} />
                ))}
              </ul>
              <LoadMore query={list} />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function ImportRow({ item }: { readonly item: ImportSummary }) {
  const { imported, checked, problem } = item;
  const typeName = useTypeName();
  return (
    <li>
      <div className="grow">
        <Link to="/imports/$id" params={{ id: item.id }} className="row-title">
          {item.fileName}
        </Link>
        <p>
          {problem !== null
            ? problem.message
            : imported !== null
              ? countsText(imported, 'run')
              : checked !== null
                ? countsText(checked, 'check')
                : '还没有试运行'}
        </p>
        <p className="hint">
          {typeName(item.type)}
          {item.format === null ? '' : ` · ${importFormatNames[item.format]}`} ·{' '}
          {item.mode === 'archive' ? '历史数据，直接发布' : '成为草稿'} · {item.unitName} ·{' '}
          {item.createdByName} · {agoText(item.createdAt, new Date())}
        </p>
      </div>
      <span className={`stage import-${item.stage}`}>{importStageNames[item.stage]}</span>
    </li>
  );
}
