import { AppError } from '../../platform/errors.ts';
import type { Seal } from '../../platform/sealed-secret.ts';
import type { AboutAnswer } from './platform-answer.ts';
import { fullTextWithheld, keyContext, type Part, type PlatformClient } from './platform-client.ts';
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

/** The key of a subscription, as it was given. */
export function openKey(
  seal: Seal,
  { address, sealedKey }: Pick<SubscriptionRow, 'address' | 'sealedKey'>,
): string {
  if (sealedKey === null) throw subscriptionOver();
  try {
    return seal.open(keyContext(address), sealedKey);
  } catch (cause) {
    const message = '密钥在本平台解不开：data/keys/seal.key 不是封存它的那一个。请恢复该文件，或填写新密钥。';
    throw new AppError('unavailable', 'following.key-lost', message, { cause });
  }
}

export const otherPlatform = (): AppError =>
  new AppError(
    'conflict',
    'following.platform-other',
    '这个地址现在是另一个平台（编号不同），已暂停。请核对地址，必要时新建订阅。',
  );

export const subscriptionOver = (): AppError =>
  new AppError('conflict', 'following.subscription-over', '订阅已经结束，不能再修改。');

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
