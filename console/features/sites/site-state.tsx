import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input, Modal } from 'antd';
import { useState } from 'react';

import { type Site, type SiteState, siteStateNames, sitesApi } from '../../../contracts/sites.ts';
import { sentenceOf } from '../../lib/api-error.ts';
import { forget } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { dayText } from '../../lib/time.ts';
import { useDeed } from '../../ui/use-act.ts';
import { needsNotice, stateMeanings, stepWords } from './site-words.ts';

/** The state; the word says it, the colour only helps. */
export function StateTag({ state }: { readonly state: SiteState }) {
  return <span className={`stage site-${state}`}>{siteStateNames[state]}</span>;
}

interface Props {
  readonly site: Site;
  readonly onChanged: (site: Site) => void;
}

/** Where a site stands between its preparation and its end, and the steps that lead on. */
export function SiteStatePanel({ site, onChanged }: Props) {
  const [step, setStep] = useState<SiteState | null>(null);
  const [open, setOpen] = useState(false);
  return (
    <section className="site-state" aria-label="状态">
      <div className="row">
        <StateTag state={site.state} />
        <span className="hint">自 {dayText(site.stateSince)} 起</span>
      </div>
      <p>{stateMeanings[site.state]}</p>
      {site.notice === '' ? null : (
        <blockquote className="notice" aria-label="公告">
          {site.notice}
        </blockquote>
      )}
      {site.missing.length > 0 && site.state !== 'closed' ? (
        <Alert type="warning" showIcon title={`上线前还要：${site.missing.map(messageOf).join('；')}。`} />
      ) : null}
      {site.nextStates.length > 0 ? (
        <div className="row">
          {site.nextStates.map((state) => (
            <Button
              key={state}
              danger={needsNotice(state)}
              onClick={() => {
                setStep(state);
                setOpen(true);
              }}
            >
              {stepWords(site.state, state).label}
              {needsNotice(state) ? '…' : ''}
            </Button>
          ))}
        </div>
      ) : null}
      {step === null ? null : (
        <StepDialog
          key={`${site.version}-${step}`}
          open={open}
          site={site}
          state={step}
          onClose={() => {
            setOpen(false);
          }}
          onChanged={(changed) => {
            setOpen(false);
            onChanged(changed);
          }}
        />
      )}
    </section>
  );
}

const messageOf = ({ message }: { readonly message: string }): string => message;

interface StepProps extends Props {
  readonly open: boolean;
  readonly state: SiteState;
  readonly onClose: () => void;
}

function StepDialog({ open, site, state, onClose, onChanged }: StepProps) {
  const client = useClient();
  const queries = useQueryClient();
  const [notice, setNotice] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const { label, duty } = stepWords(site.state, state);
  const change = useDeed<Site>({
    act: () =>
      client.call(sitesApi.changeSite, {
        params: { id: site.id },
        body: {
          expectedVersion: site.version,
          state,
          ...(needsNotice(state) ? { notice: notice.trim() } : {}),
        },
      }),
    done: `“${site.shortName}”现在的状态：${siteStateNames[state]}`,
    onDone: async (changed) => {
      await forget(queries, sitesApi.listSites);
      onChanged(changed);
    },
    onRefused: (error) => {
      setProblem(sentenceOf(error));
      return true;
    },
  });
  const submit = (): void => {
    if (needsNotice(state) && notice.trim() === '') {
      setProblem('请填写公告，公众打开网站时会看到它。');
      return;
    }
    change.mutate();
  };
  return (
    <Modal
      open={open}
      title={`${label}：${site.name}`}
      okText={label}
      okButtonProps={{ danger: needsNotice(state) }}
      confirmLoading={change.isPending}
      destroyOnHidden
      onCancel={onClose}
      onOk={submit}
    >
      <div className="stack">
        <p>{stateMeanings[state]}</p>
        <p className="hint">{duty}</p>
        {needsNotice(state) ? (
          <label className="stack">
            公告
            <Input.TextArea
              value={notice}
              maxLength={500}
              autoSize={{ minRows: 3 }}
              placeholder={
                state === 'offline'
                  ? '例：因系统升级，本网站临时下线，预计 11 月 25 日恢复。办事请到政务服务中心。'
                  : '例：本网站已并入区人民政府门户网站，原有信息可以在门户网站查到。'
              }
              onChange={(event) => {
                setNotice(event.target.value);
                setProblem(null);
              }}
            />
          </label>
        ) : null}
        {problem === null ? null : <Alert type="error" showIcon role="alert" title={problem} />}
      </div>
    </Modal>
  );
}
