import { Tag } from 'antd';
import type { ReactNode } from 'react';

import type { FoundPage } from '../../../contracts/relocation.ts';
import { kindNames, missingNames } from './relocation-words.ts';

/** One sample: the saved page in a frame that runs and loads nothing, and beside it what the rules found. */
export function SampleView({ found }: { readonly found: FoundPage }) {
  const { page, missing } = found;
  const isMissing = (key: FoundPage['missing'][number]): boolean => missing.includes(key);
  return (
    <article className="relocation-sample" aria-label={found.title ?? page.address}>
      <header>
        <span className="relocation-address">{page.address}</span> <Tag>{kindNames[found.kind]}</Tag>
        {missing.length === 0 ? (
          <span className="relocation-complete">都找到了</span>
        ) : (
          <span className="relocation-trouble">缺：{missing.map((key) => missingNames[key]).join('、')}</span>
        )}
      </header>
      <div className="relocation-beside">
        <iframe title={`原页面 ${page.address}`} sandbox="" srcDoc={found.original} />
        <dl>
          <Item name="标题" by={found.by.title} isMissing={isMissing('title')}>
            {found.title}
          </Item>
          <Item name="日期" by={found.by.date} isMissing={isMissing('date')}>
            {found.date}
          </Item>
          <Item name="来源" by={found.by.source} isMissing={isMissing('source')}>
            {found.source}
          </Item>
          <Item name="原栏目" by={null} isMissing={isMissing('column')}>
            {found.columnName}
            {found.columnName === found.columnKey ? null : `（${found.columnKey ?? ''}）`}
          </Item>
          <Item
            name={`正文（${String(found.bodyCharacters)} 字）`}
            by={found.by.body}
            isMissing={isMissing('body')}
          >
            {found.body.map((line, at) => (
              // Lines may be the same; their place is what they are known by.
              <p key={at}>{line}</p>
            ))}
          </Item>
          <Item name="附件" by={null} isMissing={false}>
            {found.attachments.length === 0
              ? '无'
              : found.attachments.map(({ address, name }) => <p key={address}>{name}</p>)}
            {found.pictures === 0 ? null : <p>图片 {found.pictures} 张</p>}
          </Item>
        </dl>
      </div>
    </article>
  );
}

interface ItemProps {
  readonly name: string;
  readonly by: string | null;
  readonly isMissing: boolean;
  readonly children: ReactNode;
}

function Item({ name, by, isMissing, children }: ItemProps) {
  return (
    <div className={isMissing ? 'relocation-missing' : undefined}>
      <dt>
        {name}
        {by === null ? null : <code>{by}</code>}
      </dt>
      <dd>{isMissing ? '没有找到' : children}</dd>
    </div>
  );
}
