import { Tag } from 'antd';
import type { ReactNode } from 'react';

import { type Finding, type Severity, severityNames } from '../../contracts/proofreading.ts';

const colours: Readonly<Record<Severity, string>> = {
  blocks: 'error',
  'needs-reason': 'warning',
  note: 'default',
};

export function SeverityTag({ severity }: { readonly severity: Severity }) {
  return <Tag color={colours[severity]}>{severityNames[severity]}</Tag>;
}

/** Findings at different places are different, and so are those of different words at one. */
export const findingKey = ({ rule, place, found }: Finding): string =>
  `${rule} ${place.part} ${String(place.start)} ${String(place.end)} ${found}`;

interface Props {
  readonly findings: readonly Finding[];
  /** 标题, 正文, the name of a field. */
  readonly partName: (part: string) => string;
  /** What may be done about one of them. */
  readonly actions?: (finding: Finding) => ReactNode;
}

/** What the checks found, in the order of reading. */
export function FindingList({ findings, partName, actions }: Props) {
  return (
    <ul className="finding-list">
      {findings.map((finding) => (
        <li key={findingKey(finding)} className={`finding finding-${finding.severity}`}>
          <p className="finding-head">
            <SeverityTag severity={finding.severity} />
            <strong>{finding.found}</strong>
            <span className="hint">
              {partName(finding.place.part)} · {finding.ruleName}
            </span>
          </p>
          <p>{finding.message}</p>
          {actions === undefined ? null : <div className="row">{actions(finding)}</div>}
        </li>
      ))}
    </ul>
  );
}
