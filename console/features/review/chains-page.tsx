import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Collapse, Tag } from 'antd';
import { useState } from 'react';

import { type ChainVersion, type ReviewChain, reviewApi } from '../../../contracts/review.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient, useSession } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { ChainChoice } from './chain-choice.tsx';
import { rangeText } from './chain-fields.ts';
import { ChainForm } from './chain-form.tsx';
import { EndChain } from './end-chain.tsx';

/** Who reviews what: the chains of the district, each with its versions. */
export function ChainsPage() {
  const client = useClient();
  const { roles } = useSession();
  const chains = useQuery(queryFor(client, reviewApi.listChains, {}));
  const [form, setForm] = useState<{ readonly chain: ReviewChain | null } | null>(null);
  const [ending, setEnding] = useState<ReviewChain | null>(null);
  const mayKeep = roles.includes('operator');
  return (
    <Page
      title="审核流程"
      subtitle="没有设置时按三审制：初审、复审、签发，三个不同的人。栏目的流程优先于单位的，单位的优先于类型的；范围小的优先。"
      actions={
        mayKeep ? (
          <Button
            type="primary"
            icon={<Icon of={PlusOutlined} />}
            onClick={() => {
              setForm({ chain: null });
            }}
          >
            新增流程
          </Button>
        ) : undefined
      }
    >
      <ChainChoice />
      <Loaded query={chains}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState
              title="所有稿件都按三审制审核"
              hint="有单位、栏目或类型要用别的流程时，在这里新增。"
            />
          ) : (
            <ul className="chain-list" aria-label="审核流程">
              {list.map((chain) => (
                <ChainCard
                  key={chain.id}
                  chain={chain}
                  {...(mayKeep
                    ? {
                        onChange: () => {
                          setForm({ chain });
                        },
                        onEnd: () => {
                          setEnding(chain);
                        },
                      }
                    : {})}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      <ChainForm
        key={form?.chain?.id ?? 'new'}
        open={form !== null}
        chain={form?.chain ?? null}
        onClose={() => {
          setForm(null);
        }}
      />
      <EndChain
        chain={ending}
        onClose={() => {
          setEnding(null);
        }}
      />
    </Page>
  );
}

interface CardProps {
  readonly chain: ReviewChain;
  readonly onChange?: () => void;
  readonly onEnd?: () => void;
}

function ChainCard({ chain, onChange, onEnd }: CardProps) {
  const current = chain.versions.find(({ number }) => number === chain.inForce);
  const newest = chain.versions[0];
  const range = rangeText(chain);
  return (
    <li>
      <div className="chain-head">
        <h2>{range}</h2>
        {current ? <Tag color="blue">{current.name}</Tag> : <Tag>未生效或已停用</Tag>}
        <span className="row">
          {onChange ? (
            <Button aria-label={`修改：${range}`} onClick={onChange}>
              修改
            </Button>
          ) : null}
          {onEnd && newest?.steps ? (
            <Button aria-label={`停用：${range}`} danger onClick={onEnd}>
              停用
            </Button>
          ) : null}
        </span>
      </div>
      <p>{current?.sentence ?? '现在按范围更大的流程审核。'}</p>
      {current?.fewPeopleReason ? <p className="hint">少于三人的理由：{current.fewPeopleReason}</p> : null}
      <Collapse
        size="small"
        ghost
        items={[
          {
            key: 'versions',
            label: `全部版本（${String(chain.versions.length)}）`,
            children: <Versions versions={chain.versions} />,
          },
        ]}
      />
    </li>
  );
}

function Versions({ versions }: { readonly versions: readonly ChainVersion[] }) {
  return (
    <ol className="records">
      {versions.map((version) => (
        <li key={version.number}>
          <span className="record-name">{version.effectiveOn} 起</span>
          <span>
            {version.sentence}
            <span className="hint">
              {version.madeByName} · {minuteText(version.madeAt)} · {version.note}
            </span>
          </span>
        </li>
      ))}
    </ol>
  );
}
