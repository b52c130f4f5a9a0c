import { AppError } from '../../platform/errors.ts';
import type { AboutAnswer } from './platform-answer.ts';
import { fullTextWithheld, type Part, type PlatformClient } from './platform-client.ts';
import type { SubscriptionRow } from './subscription.queries.ts';

/** Who answers at an address, as somebody who can be followed. */
export async function requirePlatform(
  client: PlatformClient,
  instance: string,
  signal: AbortSignal,
): Promise<AboutAnswer> {
  const about = await client.about(signal);
  if (about.instance === instance) {
    throw new AppError('invalid', 'following.platform-itself', '这是本平台自己的地址，不能订阅自己。');
  }
  if (!about.fullText) throw fullTextWithheld();
  return about;
}

/** What is taken, as the other platform is asked for it. */
export function partOf({
  sourceTypes,
  sourceUnitIds,
  sourceColumnIds,
}: Pick<SubscriptionRow, 'sourceTypes' | 'sourceUnitIds' | 'sourceColumnIds'>): Part {
  return {
    ...(sourceTypes === null ? {} : { types: sourceTypes.join(',') }),
    ...(sourceUnitIds === null ? {} : { units: sourceUnitIds.join(',') }),
    ...(sourceColumnIds === null ? {} : { columns: sourceColumnIds.join(',') }),
  };
}
