import { Alert, Input, Modal } from 'antd';
import { useState } from 'react';

import { type Finding, type FindingReason, occurrencesOf } from '../../../../contracts/proofreading.ts';
import { FindingList } from '../../../ui/finding-list.tsx';

/** Why a submission was refused by the checks. */
export interface RefusedSubmission {
  /** It has to be mended: no reason helps. */
  readonly isBlocked: boolean;
  readonly title: string;
  readonly findings: readonly Finding[];
}

interface Props {
  readonly refused: RefusedSubmission | null;
  readonly partName: (part: string) => string;
  readonly busy: boolean;
  readonly onReasons: (reasons: readonly FindingReason[]) => void;
  readonly onClose: () => void;
}

const shortest = 2;

/** What has to be mended, or said, before the text goes to review. What was written is all still there. */
export function SubmissionDialog({ refused, partName, busy, onReasons, onClose }: Props) {
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({});
  const { isBlocked, title, findings } = refused ?? { isBlocked: true, title: '', findings: [] };
  const occurrences = occurrencesOf(findings);
  // What was written belongs to the words, and is still there when they have moved.
  const keyOf = (finding: Finding): string => {
    const { alike = '', nth = 0 } = occurrences.get(finding) ?? {};
    return `${alike} ${String(nth)}`;
  };
  const reasonOf = (finding: Finding): string => (given[keyOf(finding)] ?? '').trim();
  const ready = findings.every((finding) => reasonOf(finding).length >= shortest);
  return (
    <Modal
      open={refused !== null}
      title={isBlocked ? '改正后才能提交' : '请说明理由，或返回改正'}
      width={640}
      okText={isBlocked ? '返回修改' : '说明理由并提交'}
      cancelText="返回修改"
      okButtonProps={{ disabled: !isBlocked && !ready }}
      {...(isBlocked ? { cancelButtonProps: { style: { display: 'none' } } } : {})}
      confirmLoading={busy}
      destroyOnHidden
      onCancel={onClose}
      onOk={() => {
        if (isBlocked) onClose();
        else {
          onReasons(
            findings.map((one) => {
              const { rule, place, found } = one;
              return { rule, place, found, reason: reasonOf(one) };
            }),
          );
        }
      }}
    >
      <Alert
        type={isBlocked ? 'error' : 'warning'}
        showIcon
        className="form-alert"
        title={
          isBlocked ? `${title}稿件已保存，没有提交。` : '理由会与这一版一起保存，审核人和签发人都会看到。'
        }
      />
      <FindingList
        findings={findings}
        partName={partName}
        {...(isBlocked
          ? {}
          : {
              actions: (finding: Finding) => (
                <Input
                  aria-label={`“${finding.found}”的理由`}
                  placeholder="为什么这里可以这样写"
                  maxLength={300}
                  value={given[keyOf(finding)] ?? ''}
                  onChange={(event) => {
                    setGiven({ ...given, [keyOf(finding)]: event.target.value });
                  }}
                />
              ),
            })}
      />
    </Modal>
  );
}
