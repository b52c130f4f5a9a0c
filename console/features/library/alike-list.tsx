import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert } from 'antd';

import { type AlikeResource, builtInTypeName, libraryApi, nearlySame } from '../../../contracts/library.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { Loaded } from '../../ui/states.tsx';

interface Props {
  readonly resourceId: string;
  /** Every saved version is compared anew. */
  readonly version: number;
}

function useAlike({ resourceId, version }: Props) {
  const client = useClient();
  const asked = queryFor(client, libraryApi.listAlike, { params: { id: resourceId } });
  return useQuery({
    ...asked,
    queryKey: [...asked.queryKey, version],
    staleTime: 60_000,
    placeholderData: (before: AlikeResource[] | undefined) => before,
  });
}

/** A resource by its title: a link for those who may open it. */
function Title({ one }: { readonly one: AlikeResource }) {
  const title = `《${one.title}》`;
  if (!one.isOpen) return <>{title}</>;
  return (
    <Link to="/resources/$id" params={{ id: one.id }} target="_blank">
      {title}
    </Link>
  );
}

/** Before anybody publishes a text twice. */
export function AlikeNotice(props: Props) {
  const same = (useAlike(props).data ?? []).filter(({ similarity }) => similarity >= nearlySame);
  const [first] = same;
  if (first === undefined) return null;
  const more = same.length > 1 ? `，另有 ${String(same.length - 1)} 条也很相近` : '';
  return (
    <Alert
      type="warning"
      showIcon
      className="form-alert"
      title={
        <>
          正文与{first.unitName}
          <Title one={first} />
          相似 {first.similarity}%{more}。
        </>
      }
      description="如果是同一份内容，请在原信息上修改或把它用到更多栏目，不要重复发布；如果是新版本，请在“属性”中写明与旧版的关系。"
    />
  );
}

export function AlikeList(props: Props) {
  return (
    <Loaded query={useAlike(props)} rows={2}>
      {(list) =>
        list.length === 0 ? (
          <p className="hint">没有正文相近的信息。</p>
        ) : (
          <ul className="plain-list use-list">
            {list.map((one) => (
              <li key={one.id}>
                <span>
                  <Title one={one} />
                  <span className="hint">
                    {one.unitName} · {builtInTypeName(one.type) ?? one.type} ·{' '}
                    {one.isPublic ? '已发布' : '未发布'}
                  </span>
                </span>
                <span className="badge">相似 {one.similarity}%</span>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}
