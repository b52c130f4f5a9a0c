import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Descriptions } from 'antd';

import {
  type Correction,
  correctionKindNames,
  correctionStateNames,
  interactionApi,
} from '../../../contracts/interaction.ts';
import { reviewApi } from '../../../contracts/review.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { Page } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { AnswerForm } from './answer-form.tsx';
import { DueTag } from './due-tag.tsx';
import { TransferForm } from './transfer-form.tsx';

interface Props {
  readonly id: string;
  /** It was handed on, and may be out of sight now. */
  readonly onLeft: () => void;
}

/** What was reported, the page it is about, and the answer. */
export function CorrectionPage({ id, onLeft }: Props) {
  const client = useClient();
  const correction = useQuery(queryFor(client, interactionApi.getCorrection, { params: { id } }));
  return (
    <Loaded query={correction} rows={8}>
      {(loaded) => <CorrectionView correction={loaded} onLeft={onLeft} />}
    </Loaded>
  );
}

function CorrectionView({
  correction,
  onLeft,
}: {
  readonly correction: Correction;
  readonly onLeft: () => void;
}) {
  const queries = useQueryClient();
  const outdated = (): void => {
    void forget(
      queries,
      interactionApi.getCorrection,
      interactionApi.listCorrections,
      reviewApi.getWorkbench,
    );
  };
  const { actions } = correction;
  return (
    <Page
      wide
      title={correction.pageName}
      subtitle={`${correctionKindNames[correction.kind]} · ${correction.siteName} · ${minuteText(correction.reportedAt)} 收到`}
      actions={<DueTag item={correction} />}
    >
      <div className={`review-grid${actions.length > 0 ? ' review-decidable' : ''}`}>
        <div className="review-main correction-main">
          <h2>群众反映</h2>
          <ReportedFacts correction={correction} />
          <Transfers correction={correction} />
        </div>
        <aside className="review-side" aria-label="办理">
          {actions.includes('answer') ? (
            <AnswerForm correction={correction} onAnswered={outdated} onOutdated={outdated} />
          ) : null}
          {actions.includes('transfer') ? (
            <TransferForm
              correction={correction}
              onTransferred={() => {
                outdated();
                onLeft();
              }}
              onOutdated={outdated}
            />
          ) : null}
          {correction.reply === null ? null : <Reply correction={correction} />}
          {correction.state === 'open' && actions.length === 0 ? (
            <p className="hint">等待{correction.unitName}的办理员、信息员或签发人答复。</p>
          ) : null}
        </aside>
      </div>
    </Page>
  );
}

function ReportedFacts({ correction }: { readonly correction: Correction }) {
  const { pageUrl, path, resourceId, quote, contact, times } = correction;
  return (
    <Descriptions
      bordered
      size="small"
      column={1}
      items={[
        {
          key: 'description',
          label: '说明',
          children: <span className="as-written">{correction.description}</span>,
        },
        { key: 'quote', label: '有错的原文', children: quote ?? '没有填写' },
        {
          key: 'page',
          label: '页面',
          children: (
            <>
              {pageUrl === null ? (
                path
              ) : (
                <a href={pageUrl} target="_blank" rel="noreferrer">
                  打开页面（新窗口）
                </a>
              )}
              {resourceId === null ? null : (
                <>
                  {' · '}
                  <Link to="/resources/$id" params={{ id: resourceId }}>
                    打开稿件
                  </Link>
                </>
              )}
            </>
          ),
        },
        { key: 'unit', label: '责任单位', children: correction.unitName },
        { key: 'contact', label: '联系方式', children: contact ?? '没有留下' },
        ...(times > 1
          ? [{ key: 'times', label: '同样内容', children: `当天共收到 ${String(times)} 次` }]
          : []),
      ]}
    />
  );
}

function Transfers({ correction }: { readonly correction: Correction }) {
  if (correction.transfers.length === 0) return null;
  return (
    <section>
      <h2>转办记录</h2>
      <ol className="records">
        {correction.transfers.map((one) => (
          <li key={one.at}>
            <span className="record-name">转办</span>
            <span>
              {one.fromUnitName} → {one.toUnitName}
              <span className="hint">
                {one.transferredByName} {minuteText(one.at)}
              </span>
              <q>{one.reason}</q>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Reply({ correction }: { readonly correction: Correction }) {
  return (
    <section className="side-section">
      <h2>答复</h2>
      <p>
        <strong>{correctionStateNames[correction.state]}</strong>
      </p>
      <p className="as-written">{correction.reply}</p>
      <p className="hint">
        {correction.answeredByName} {correction.answeredAt === null ? '' : minuteText(correction.answeredAt)}
      </p>
    </section>
  );
}
