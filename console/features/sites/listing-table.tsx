import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';

import { type Column, type Listing, type ListingChange, sitesApi } from '../../../contracts/sites.ts';
import { forget, pagesFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { instantOfLocalInput, localInputOf, minuteText } from '../../lib/time.ts';
import { LoadMore } from '../../ui/load-more.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { EndReuse } from './end-reuse.tsx';
import { RemoveEntry } from './remove-entry.tsx';

interface Props {
  readonly column: Column;
  readonly editable: boolean;
}

/** What stands in a column now: pin, retitle, move to the top. */
export function ListingTable({ column, editable }: Props) {
  const client = useClient();
  const queries = useQueryClient();
  const [changing, setChanging] = useState<Listing | null>(null);
  const listings = useInfiniteQuery(
    pagesFor(client, sitesApi.listListings, { params: { id: column.id }, query: {} }),
  );
  const change = useAct<{ listing: Listing; body: ListingChange }, Listing>({
    act: ({ listing, body }) =>
      client.call(sitesApi.changeListing, {
        params: { id: column.id, resourceId: listing.resourceId },
        body,
      }),
    done: '已调整，网站随即更新',
    onDone: async () => {
      setChanging(null);
      await forget(queries, sitesApi.listListings);
    },
  });
  return (
    <Loaded query={listings}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) {
          return <EmptyState title="栏目里还没有信息" hint="在信息资源里选好栏目，签发后就会出现在这里。" />;
        }
        return (
          <>
            <ul className="card-list">
              {items.map((listing) => (
                <li key={`${listing.sequence}-${listing.resourceId}`}>
                  <div>
                    <ListingTitle listing={listing} />
                    <p className="hint">
                      {minuteText(listing.publishedAt)} · {listing.unitName}
                      {listing.pinnedUntil === null ? null : (
                        <span className="badge badge-pin">置顶至 {minuteText(listing.pinnedUntil)}</span>
                      )}
                      {listing.viaColumnId === null ? null : <span className="badge">映射而来</span>}
                      {listing.reuse === null ? null : <span className="badge">引用</span>}
                    </p>
                  </div>
                  <div className="row">
                    {listing.reuse?.endable && <EndReuse reuseId={listing.reuse.id} title={listing.title} />}
                    {listing.removable ? <RemoveEntry columnId={column.id} listing={listing} /> : null}
                    {editable ? (
                      <>
                        <Button
                          size="small"
                          aria-label={`置顶与标题：${listing.title}`}
                          onClick={() => {
                            setChanging(listing);
                          }}
                        >
                          置顶与标题
                        </Button>
                        <Button
                          size="small"
                          aria-label={`移到最前：${listing.title}`}
                          disabled={change.isPending}
                          onClick={() => {
                            change.mutate({ listing, body: { moveToTop: true } });
                          }}
                        >
                          移到最前
                        </Button>
                      </>
                    ) : null}
                  </div>
                </li>
              ))}
            </ul>
            <LoadMore query={listings} />
            <ListingDialog
              key={changing?.resourceId}
              listing={changing}
              busy={change.isPending}
              onClose={() => {
                setChanging(null);
              }}
              onChange={(body) => {
                if (changing !== null) change.mutate({ listing: changing, body });
              }}
            />
          </>
        );
      }}
    </Loaded>
  );
}

interface DialogProps {
  readonly listing: Listing | null;
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onChange: (body: ListingChange) => void;
}

function ListingDialog({ listing, busy, onClose, onChange }: DialogProps) {
  const [form] = Form.useForm<{ pinned: string; title: string }>();
  return (
    <Modal
      open={listing !== null}
      title="置顶与标题"
      okText="保存"
      confirmLoading={busy}
      destroyOnHidden
      onCancel={onClose}
      onOk={() => {
        form.submit();
      }}
    >
      <Form
        form={form}
        layout="vertical"
        preserve={false}
        initialValues={{ pinned: localInputOf(listing?.pinnedUntil ?? null), title: listing?.title ?? '' }}
        onFinish={({ pinned, title }) => {
          const words = title.trim();
          onChange({
            pinnedUntil: instantOfLocalInput(pinned),
            ...(words === listing?.title ? {} : { titleOverride: words === '' ? null : words }),
          });
        }}
      >
        <Form.Item name="pinned" label="置顶到" extra="清空即取消置顶。">
          <Input type="datetime-local" />
        </Form.Item>
        <Form.Item
          name="title"
          label="在本栏目显示的标题"
          extra="只改这一处的显示；清空则用原标题。"
          rules={[{ min: 2, message: '至少两个字' }]}
        >
          <Input maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** Of another unit's resource the public page is all there is to open. */
function ListingTitle({ listing: { reuse, resourceId, title, url } }: { readonly listing: Listing }) {
  if (reuse === null) {
    return (
      <Link to="/resources/$id" params={{ id: resourceId }} className="row-title">
        {title}
      </Link>
    );
  }
  return (
    <a href={url} target="_blank" rel="noreferrer" className="row-title">
      {title}
    </a>
  );
}
