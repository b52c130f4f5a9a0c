import type { ResourceContent, ResourceType } from './library.ts';

const fixed: Readonly<Record<string, string>> = {
  title: '标题',
  subtitle: '副标题',
  summary: '摘要',
  body: '正文',
  'field:blocks': '版块',
};

/** What a part of a content is called: a field by its name, a file by the name it is attached with. */
export function partNamer(
  type: Pick<ResourceType, 'fields'> | undefined,
  content: Pick<ResourceContent, 'attachments'>,
): (part: string) => string {
  return (part) => {
    const key = part.slice(part.indexOf(':') + 1);
    if (part.startsWith('file:')) {
      return content.attachments?.find(({ assetId }) => assetId === key)?.name ?? '附件';
    }
    return fixed[part] ?? type?.fields.find((field) => field.key === key)?.name ?? '内容';
  };
}
