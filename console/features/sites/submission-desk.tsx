import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';

import { libraryApi } from '../../../contracts/library.ts';
import { type Adoption, type Submission, sitesApi } from '../../../contracts/sites.ts';
import { reviewApi } from '../../../contracts/review.ts';
import { forget, pagesFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { instantOfLocalInput } from '../../lib/time.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { SubmissionFacts } from './submission-facts.tsx';

/** What waits for the own columns: each is adopted or returned in one step. */
export function SubmissionDesk() {
  const client = useClient();
  const query = { side: 'waiting', state: 'offered' } as const;
  const list = useInfiniteQuery(pagesFor(client, sitesApi.listSubmissions, { query }));
  return (
    <Loaded query={list} rows={6}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) {
          return (
            <EmptyState
              title="没有等待采用的报送"
              hint="其他单位报送到本单位负责的门户栏目的信息，会列在这里。"
            />
          );
        }
        return (
          <>
            <ul className="card-list">
              {items.map((submission) => (
                <li key={submission.id}>
                  <SubmissionFacts submission={submission} />
                  <DeskActions submission={submission} />
                </li>
              ))}
            </ul>
            <LoadMore query={list} />
          </>
        );
      }}
    </Loaded>
  );
}

function DeskActions({ submission }: { readonly submission: Submission }) {
  const client = useClient();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<'return' | 'change' | null>(null);
  const { id, actions } = submission;
  const title = submission.title ?? '';
  const onDone = () => {
    setAsking(null);
    return forget(
      queries,
      sitesApi.listSubmissions,
      sitesApi.listListings,
      libraryApi.listUses,
      reviewApi.getWorkbench,
    );
  };
  const adopt = useAct<Adoption, Submission>({
    act: (body) => client.call(sitesApi.adoptSubmission, { params: { id }, body }),
    done: '已采用，网站随即更新',
    onDone,
  });
  const giveBack = useAct<string, Submission>({
    act: (reason) => client.call(sitesApi.returnSubmission, { params: { id }, body: { reason } }),
    done: '已退回，报送单位会看到原因',
    onDone,
  });
  if (!actions.includes('adopt')) return null;
  return (
    <div className="row">
      <Button
        type="primary"
        size="small"
        aria-label={`采用：${title}`}
        loading={adopt.isPending}
        onClick={() => {
          adopt.mutate({});
        }}
      >
        采用
      </Button>
      <Button
        size="small"
        aria-label={`改后采用：${title}`}
        onClick={() => {
          setAsking('change');
        }}
      >
        改后采用
      </Button>
      <Button
        size="small"
        aria-label={`退回：${title}`}
        onClick={() => {
          setAsking('return');
        }}
      >
        退回
      </Button>
      <AdoptionDialog
        open={asking === 'change'}
        submission={submission}
        adopt={adopt}
        onClose={() => {
          setAsking(null);
        }}
      />
      <ReasonDialog
        key={String(asking)}
        open={asking === 'return'}
        title={`退回：${title}`}
        okText="退回"
        label="原因"
        isPending={giveBack.isPending}
        onReason={(reason) => {
          giveBack.mutate(reason);
        }}
        onClose={() => {
          setAsking(null);
        }}
      >
        报送单位会在工作台看到原因，可以修改后再次报送。
      </ReasonDialog>
    </div>
  );
}

interface AdoptionFields {
  readonly title?: string;
  readonly pinned: string;
}

interface DialogProps {
  readonly open: boolean;
  readonly submission: Submission;
  readonly adopt: ReturnType<typeof useAct<Adoption, Submission>>;
  readonly onClose: () => void;
}

/** Under another title, which only the principal gives, or pinned for a while. */
function AdoptionDialog({ open, submission, adopt, onClose }: DialogProps) {
  const [form] = Form.useForm<AdoptionFields>();
  const reviewed = submission.title ?? '';
  const send = useAct<AdoptionFields, Submission>({
    act: ({ title, pinned }) => {
      const words = title?.trim() ?? '';
      const pinnedUntil = instantOfLocalInput(pinned);
      return adopt.mutateAsync({
        ...(words === '' || words === reviewed ? {} : { title: words }),
        ...(pinnedUntil === null ? {} : { pinnedUntil }),
      });
    },
    // The act says itself what went wrong.
    onRefused: () => true,
  });
  return (
    <FormDialog<AdoptionFields>
      open={open}
      title={`采用：${reviewed}`}
      okText="采用"
      form={form}
      initialValues={{ title: reviewed, pinned: '' }}
      act={send}
      onClose={onClose}
    >
      {submission.actions.includes('retitle') ? (
        <Form.Item
          name="title"
          label="在栏目中显示的标题"
          extra="只改这一处的显示。"
          rules={[{ min: 2, message: '至少两个字' }]}
        >
          <Input maxLength={200} />
        </Form.Item>
      ) : (
        <p className="hint">栏目中显示的标题由栏目责任单位的签发人改写。</p>
      )}
      <Form.Item name="pinned" label="置顶到" extra="不填则不置顶。">
        <Input type="datetime-local" />
      </Form.Item>
    </FormDialog>
  );
}
