import { useMutation } from '@tanstack/react-query';
import { App } from 'antd';

import { identityApi } from '../../../contracts/identity.ts';
import { ApiError, sentenceOf } from '../../lib/api-error.ts';
import { type Services, useServices, useSession } from '../../lib/services.tsx';

interface UnsavedDraft {
  readonly resourceId: string;
  readonly title: string;
}

/** What the server still does not have, after everything that can be sent was sent. */
async function unsavedDrafts(services: Services, accountId: string): Promise<readonly UnsavedDraft[]> {
  const unsaved = new Map<string, UnsavedDraft>();
  for (const draft of services.openDrafts.all()) {
    if (!(await draft.settle()))
      unsaved.set(draft.resourceId, { resourceId: draft.resourceId, title: draft.title() });
  }
  // A browser that lets nobody read its store has nothing in it to lose.
  for (const { resourceId, content } of await services.localDrafts.all(accountId).catch(() => [])) {
    if (!unsaved.has(resourceId)) unsaved.set(resourceId, { resourceId, title: content.title });
  }
  return [...unsaved.values()];
}

function UnsavedList({ drafts }: { readonly drafts: readonly UnsavedDraft[] }) {
  return (
    <>
      <p>下面的稿件有内容只存在这台电脑上，服务器还没有。现在退出，这些内容会从这台电脑上删除，无法找回。</p>
      <ul className="plain-list">
        {drafts.map(({ resourceId, title }) => (
          <li key={resourceId}>《{title === '' ? '无标题' : title}》</li>
        ))}
      </ul>
      <p>要留下它们，请先不要退出：打开稿件，等到显示“已保存”再退出。</p>
    </>
  );
}

/**
 * Ends the session here or everywhere. The next screen is the sign-in, with nothing of before in memory, and nothing
 * of this person is left in the browser; what the server does not have is given up only when they say so.
 */
export function useSignOut(everywhere = false) {
  const services = useServices();
  const { accountId } = useSession();
  const { message, modal } = App.useApp();
  return useMutation({
    mutationFn: async (): Promise<'stayed' | 'left'> => {
      const drafts = await unsavedDrafts(services, accountId);
      const mayGo =
        drafts.length === 0 ||
        (await modal.confirm({
          title: '还有内容没有保存到服务器',
          content: <UnsavedList drafts={drafts} />,
          okText: '删除这些内容并退出',
          okButtonProps: { danger: true },
          cancelText: '先不退出',
          focusable: { autoFocusButton: 'cancel' },
        }));
      if (!mayGo) return 'stayed';
      try {
        await services.client.call(everywhere ? identityApi.signOutEverywhere : identityApi.signOut);
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 401) throw error;
      }
      for (const draft of services.openDrafts.all()) draft.abandon();
      await services.localDrafts.removeAll(accountId).catch(() => undefined);
      return 'left';
    },
    onSuccess: (outcome) => {
      if (outcome === 'left') services.restart();
    },
    onError: (error) => void message.error(sentenceOf(error)),
  });
}
