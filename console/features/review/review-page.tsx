import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Tabs } from 'antd';
import { useEffect, useState } from 'react';

import { opennessApi } from '../../../contracts/openness.ts';
import { libraryApi, type ResourceType } from '../../../contracts/library.ts';
import type { ReviewOpinions } from '../../../contracts/opinion.ts';
import { type Review, reviewApi } from '../../../contracts/review.ts';
import { forget, queryFor } from '../../lib/queries.ts';
import { useClient } from '../../lib/services.tsx';
import { minuteText } from '../../lib/time.ts';
import { ContentComparison } from '../../ui/content-comparison.tsx';
import { Page } from '../../ui/page.tsx';
import { PreviewFrame } from '../../ui/preview-frame.tsx';
import { RichPreview } from '../../ui/rich-preview.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { AnswerNotice, AnswerPanel } from './answer-panel.tsx';
import { AssessmentList } from './assessment-list.tsx';
import { CheckedRevisionPanel } from './checked-revision-panel.tsx';
import { CommentDesk, CommentTabName } from './comment-desk.tsx';
import { DeadlineLine } from './deadline-tag.tsx';
import { DecisionPanel } from './decision-panel.tsx';
import { DecisionList } from './decision-list.tsx';
import { MetadataList } from './metadata-list.tsx';
import { OpinionSection } from './opinion-section.tsx';
import { ReminderList } from './reminder-list.tsx';
import { ResponsibilityPanel } from './responsibility-panel.tsx';
import { StepTrack } from './review-list-page.tsx';
import { StandingList } from './standing-list.tsx';
import { UrgeForm } from './urge-form.tsx';
import { UrgentNotice } from './urgent-notice.tsx';
import { UrgentPanel } from './urgent-panel.tsx';

/** The page as it will be, what changed, the checks and the decision, on one screen. */
export function ReviewPage({ id }: { readonly id: string }) {
  const client = useClient();
  const review = useQuery(queryFor(client, reviewApi.getReview, { params: { id } }));
  const types = useQuery({ ...queryFor(client, libraryApi.listResourceTypes, {}), staleTime: 60_000 });
  return (
    <Loaded query={types} rows={10}>
      {(list) => (
        <Loaded query={review} rows={10}>
          {(loaded) => {
            const type = list.find(({ key }) => key === loaded.type);
            return type === undefined ? null : <ReviewView review={loaded} type={type} />;
          }}
        </Loaded>
      )}
    </Loaded>
  );
}

function ReviewView({ review, type }: { readonly review: Review; readonly type: ResourceType }) {
  const client = useClient();
  const queries = useQueryClient();
  const [isUrgent, setUrgent] = useState(false);
  const opinions = useQuery(queryFor(client, reviewApi.listReviewOpinions, { params: { id: review.id } }));
  const asked = (opinions.data?.items ?? []).filter(({ actions }) => actions.includes('answer'));
  const { isOpened } = review;
  // The list of what waits shows that it was read, also to who comes back at once.
  useEffect(() => {
    if (isOpened) void forget(queries, reviewApi.listReviews);
  }, [isOpened, queries]);
  const mayDecide = (['approve', 'return', 'object'] as const).some((one) => review.actions.includes(one));
  const mayRelease = review.actions.includes('release-urgently');
  const outdated = (): void => {
    void forget(queries, reviewApi.getReview, opennessApi.listOpennessAssessments);
  };
  const decided = (answer: Review): void => {
    queries.setQueryData(
      queryFor(client, reviewApi.getReview, { params: { id: answer.id } }).queryKey,
      answer,
    );
    void forget(
      queries,
      reviewApi.listReviews,
      reviewApi.listReviewOpinions,
      reviewApi.getWorkbench,
      reviewApi.listResponsibility,
      reviewApi.listUrgentReleases,
      opennessApi.listOpennessAssessments,
      libraryApi.getResource,
      libraryApi.listResources,
    );
  };
  return (
    <Page
      wide
      title={review.title}
      subtitle={`${type.name} · ${review.unitName} · ${review.submittedByName} ${minuteText(review.submittedAt)} 提交第 ${review.revision.number} 版`}
      actions={
        review.inReach ? (
          <>
            <Link to="/reviews/$id/sheet" params={{ id: review.id }} className="plain-link">
              审批表
            </Link>
            <Link to="/resources/$id" params={{ id: review.resourceId }} className="plain-link">
              打开稿件
            </Link>
          </>
        ) : undefined
      }
    >
      <StepTrack item={review} />
      <DeadlineLine deadline={review.deadline} />
      <UrgentStanding review={review} />
      {review.refusal === null ? null : (
        <Alert type="info" showIcon className="form-alert" title={review.refusal} />
      )}
      {asked.map((one) => (
        <AnswerNotice key={one.id} review={review} opinion={one} />
      ))}
      <div className={`review-grid${mayDecide || isUrgent ? ' review-decidable' : ''}`}>
        <div className="review-main">
          <Tabs
            items={[
              review.inReach
                ? { key: 'page', label: '页面', children: <RevisionPreview review={review} /> }
                : { key: 'text', label: '正文', children: <RevisionText review={review} /> },
              { key: 'difference', label: '修改对比', children: <Difference review={review} type={type} /> },
              {
                key: 'metadata',
                label: '元数据',
                children: <MetadataList type={type} content={review.revision.content} />,
              },
              {
                key: 'comments',
                label: <CommentTabName reviewId={review.id} />,
                children: <CommentDesk review={review} type={type} />,
              },
            ]}
          />
        </div>
        <aside className="review-side" aria-label="审核意见">
          {asked.map((one) => (
            <AnswerPanel key={one.id} review={review} opinion={one} />
          ))}
          {mayDecide && !isUrgent ? (
            <DecisionPanel
              key={`${review.step} ${review.revision.digest}`}
              review={review}
              onDecided={decided}
              onOutdated={outdated}
            />
          ) : null}
          {mayRelease ? (
            <UrgentSection
              review={review}
              open={isUrgent}
              onOpen={setUrgent}
              onReleased={(answer) => {
                setUrgent(false);
                decided(answer);
              }}
              onOutdated={outdated}
            />
          ) : null}
          {review.mayUrge ? <UrgeForm review={review} onUrged={decided} /> : null}
          <ReviewRecord review={review} type={type} opinions={opinions.data} />
        </aside>
      </div>
    </Page>
  );
}

interface RecordProps {
  readonly review: Review;
  readonly type: ResourceType;
  readonly opinions: ReviewOpinions | undefined;
}

/** What was found, said and decided up to now. */
function ReviewRecord({ review, type, opinions }: RecordProps) {
  return (
    <>
      <AssessmentSection reviewId={review.id} />
      <section className="side-section">
        <h2>审核环节</h2>
        <StandingList review={review} />
      </section>
      {opinions ? <OpinionSection review={review} opinions={opinions} /> : null}
      {review.inReach ? (
        <section className="side-section">
          <h2>校核结果</h2>
          <CheckedRevisionPanel review={review} type={type} />
        </section>
      ) : null}
      <section className="side-section">
        <h2>审核记录</h2>
        <DecisionList review={review} />
      </section>
      {review.reminders.length === 0 ? null : (
        <section className="side-section">
          <h2>提醒与催办</h2>
          <ReminderList reminders={review.reminders} />
        </section>
      )}
      {review.inReach ? (
        <section className="side-section">
          <h2>首发责任</h2>
          <ResponsibilityPanel resourceId={review.resourceId} />
        </section>
      ) : null}
    </>
  );
}

/** That it went out urgently, or that its author finds that it should. */
function UrgentStanding({ review: { urgentRelease, urgentWish, state } }: { readonly review: Review }) {
  if (urgentRelease !== null) return <UrgentNotice release={urgentRelease} />;
  if (urgentWish === null || state !== 'open') return null;
  return <Alert type="warning" showIcon className="form-alert" title={`作者提请紧急发布：${urgentWish}`} />;
}

interface UrgentSectionProps extends Omit<Parameters<typeof UrgentPanel>[0], 'onCancel'> {
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}

/** The way for what cannot wait: beside the usual one, and never both at once. */
function UrgentSection({ open, onOpen, ...panel }: UrgentSectionProps) {
  if (open) {
    return (
      <UrgentPanel
        {...panel}
        onCancel={() => {
          onOpen(false);
        }}
      />
    );
  }
  return (
    <section className="side-section">
      <h2>来不及审核？</h2>
      <p className="hint">
        突发事件等紧急情况，您可以一人签发、马上发布，其他环节在 {panel.review.urgentHours} 小时内补审。
      </p>
      <Button
        onClick={() => {
          onOpen(true);
        }}
      >
        紧急发布…
      </Button>
    </section>
  );
}

/** Nothing where nobody has assessed yet, nor in reviews of the time of the two ticks. */
function AssessmentSection({ reviewId }: { readonly reviewId: string }) {
  const client = useClient();
  const list = useQuery(queryFor(client, opennessApi.listOpennessAssessments, { params: { id: reviewId } }));
  if ((list.data ?? []).length === 0) return null;
  return (
    <section className="side-section">
      <h2>公开属性与保密审查</h2>
      <AssessmentList assessments={list.data ?? []} />
    </section>
  );
}

function RevisionPreview({ review }: { readonly review: Review }) {
  const { resourceId, revision, title } = review;
  return (
    <PreviewFrame
      title={`预览：${title}`}
      resourceId={resourceId}
      revision={revision.number}
      stamp={revision.digest}
    />
  );
}

/** For people of another unit who are asked: the text, without what else the unit has. */
function RevisionText({ review }: { readonly review: Review }) {
  const { body } = review.revision.content;
  return body === undefined ? <EmptyState title="没有正文" /> : <RichPreview document={body} />;
}

function Difference({ review, type }: { readonly review: Review; readonly type: ResourceType }) {
  const { comparedWith, revision } = review;
  if (comparedWith === null) {
    return (
      <EmptyState
        title="这是第一次送审"
        hint="您没有看过更早的版本，网站上也还没有，所以没有可对比的内容。"
      />
    );
  }
  return (
    <>
      <p className="hint">
        与第 {comparedWith.number} 版（{minuteText(comparedWith.createdAt)}，您上次看到的或线上的版本）相比：
      </p>
      <ContentComparison type={type} before={comparedWith.content} after={revision.content} />
    </>
  );
}
