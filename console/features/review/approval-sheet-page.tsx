import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';

import { type ApprovalSheet, sheetApi } from '../../../contracts/approval-sheet.ts';
import { secrecyAnswerNames } from '../../../contracts/openness.ts';
import { signingMethodNames } from '../../../contracts/signing.ts';
import { addressOf } from '../../lib/client.ts';
import { queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { Page } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';

/** 信息发布审批表 on one sheet of A4, for the file. */
export function ApprovalSheetPage({ id }: { readonly id: string }) {
  const client = useClient();
  const sheet = useQuery(queryFor(client, sheetApi.getApprovalSheet, { params: { id } }));
  return (
    <Page
      title="信息发布审批表"
      actions={
        <>
          <Link to="/reviews/$id" params={{ id }} className="plain-link">
            回到审核
          </Link>
          <Button
            type="primary"
            onClick={() => {
              window.print();
            }}
          >
            打印或存为 PDF
          </Button>
        </>
      }
    >
      <Loaded query={sheet} rows={12}>
        {(loaded) => <Sheet sheet={loaded} />}
      </Loaded>
    </Page>
  );
}

function Sheet({ sheet }: { readonly sheet: ApprovalSheet }) {
  return (
    <article className="sheet" aria-label="信息发布审批表">
      <table className="sheet-table">
        <tbody>
          <Row name="标题" wide>
            <strong>{sheet.title}</strong>
          </Row>
          <tr>
            <Cell name="发布单位">{sheet.unitName}</Cell>
            <Cell name="信息类型">{sheet.typeName}</Cell>
          </tr>
          <tr>
            <Cell name="信息来源">{sheet.source}</Cell>
            <Cell name="信息索取号">{sheet.indexNumber ?? '尚未入库'}</Cell>
          </tr>
          <Row name="发布栏目" wide>
            {sheet.columns.join('、')}
          </Row>
          <tr>
            <Cell name="送审人">{sheet.submittedByName}</Cell>
            <Cell name="送审时间">{minuteText(sheet.submittedAt)}</Cell>
          </tr>
          <Row name="公开属性认定" wide>
            <Openness sheet={sheet} />
          </Row>
          <Row name="保密审查" wide>
            <Secrecy sheet={sheet} />
          </Row>
          {sheet.urgentRelease === null ? null : (
            <Row name="紧急发布" wide>
              理由：{sheet.urgentRelease.reason}
              <span className="hint"> 补审期限 {minuteText(sheet.urgentRelease.dueAt)}</span>
            </Row>
          )}
          {sheet.steps.map((step, index) => (
            <Row key={index} name={`${step.name}意见`} wide>
              <p className="sheet-opinion">
                {step.outcome}
                {step.opinion === '' ? '' : `：${step.opinion}`}
              </p>
              <p className="sheet-signed">
                <span>{step.personName}</span>
                <span>{minuteText(step.at)}</span>
              </p>
            </Row>
          ))}
          {sheet.opinions.map((one, index) => (
            <Row key={index} name={`${one.unitName}会签`} wide>
              <p className="sheet-opinion">
                {one.outcome}
                {one.opinion === '' ? '' : `：${one.opinion}`}
              </p>
              <p className="hint">征求意见：{one.question}</p>
              <p className="sheet-signed">
                <span>{one.personName}</span>
                <span>{one.at === null ? '' : minuteText(one.at)}</span>
              </p>
            </Row>
          ))}
          <Row name="签发" wide>
            {sheet.signatures.length === 0 ? '尚未签发' : null}
            {sheet.signatures.map((signature) => (
              <Signature key={signature.id} reviewId={sheet.reviewId} signature={signature} />
            ))}
          </Row>
        </tbody>
      </table>
      <footer className="sheet-foot">
        <p>
          状态：{sheet.stateName}，第 {sheet.revisionNumber} 版，审核编号 {sheet.reviewId}，信息编号{' '}
          {sheet.resourceId}
        </p>
        <p>
          版本摘要（SHA-256）<code>{sheet.revisionDigest}</code>
        </p>
        <p>
          核验码（SHA-256）<code>{sheet.verification}</code>
        </p>
        <p>在后台打开同一审核编号的审批表，核验码相同的，即与审核记录一致。</p>
      </footer>
    </article>
  );
}

interface CellProps {
  readonly name: string;
  readonly wide?: boolean;
  readonly children: React.ReactNode;
}

function Cell({ name, wide = false, children }: CellProps) {
  return (
    <>
      <th scope="row">{name}</th>
      <td colSpan={wide ? 3 : 1}>{children}</td>
    </>
  );
}

function Row(props: CellProps) {
  return (
    <tr>
      <Cell {...props} />
    </tr>
  );
}

function Openness({ sheet: { assessment } }: { readonly sheet: ApprovalSheet }) {
  if (assessment === null) return <>这次审核在启用认定表以前，见各环节意见。</>;
  const { openMode, reason, reasonNote } = assessment;
  return (
    <>
      {openMode}
      {reason === null ? '' : `（${reason.article} ${reason.name}）`}
      {reasonNote === null ? '' : `：${reasonNote}`}
      <span className="hint">
        {' '}
        {assessment.stepName} · {assessment.assessedByName} · {minuteText(assessment.assessedAt)}
      </span>
    </>
  );
}

function Secrecy({ sheet: { assessment } }: { readonly sheet: ApprovalSheet }) {
  if (assessment === null) return null;
  return (
    <ul className="sheet-checks">
      {assessment.answers.map(({ item, name, answer, remark }) => (
        <li key={item}>
          {name}：{secrecyAnswerNames[answer]}
          {remark === null ? '' : `（${remark}）`}
        </li>
      ))}
    </ul>
  );
}

interface SignatureProps {
  readonly reviewId: string;
  readonly signature: ApprovalSheet['signatures'][number];
}

function Signature({ reviewId, signature }: SignatureProps) {
  return (
    <>
      {signature.hasImage ? (
        <img
          className="sheet-image"
          src={addressOf(sheetApi.getSheetSignature.path, {
            params: { id: reviewId, signatureId: signature.id },
          })}
          alt={`${signature.personName}的签名`}
        />
      ) : null}
      <p className="sheet-signed">
        <span>{signature.unitName}</span>
        <span>{signature.personName}</span>
        <span>{minuteText(signature.at)}</span>
        {signature.urgent === true ? <strong>紧急签发</strong> : null}
        <span className="hint">以{signingMethodNames[signature.method]}确认</span>
      </p>
    </>
  );
}
