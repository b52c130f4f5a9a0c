import type { ResourceContent } from '../../../contracts/library.ts';
import { emptyDocument, type ImageNode, type RichDocument } from '../../../contracts/rich-text.ts';
import {
  type AlbumPicture,
  type AlbumProps,
  type ArticleProps,
  type Fact,
  type GuideProps,
  type InstitutionProps,
  type LeaderProps,
  type PreparedChrome,
  renderAlbum,
  renderGuide,
  renderInstitution,
  renderLeader,
  renderRichText,
  renderVideo,
  type VideoProps,
} from '../../../templates/index.ts';
import { plainText } from '../../platform/rich-text/index.ts';
import type { LiveResource } from '../library/index.ts';
import { type Material, pictureOf } from './article-material.ts';

/** Pages of types that have a template of their own. */
export type KindPage =
  | { readonly kind: 'leader'; readonly props: LeaderProps }
  | { readonly kind: 'institution'; readonly props: InstitutionProps }
  | { readonly kind: 'guide'; readonly props: GuideProps }
  | { readonly kind: 'album'; readonly props: AlbumProps }
  | { readonly kind: 'video'; readonly props: VideoProps };

export function renderKindPage(page: KindPage, prepared: PreparedChrome): string {
  switch (page.kind) {
    case 'leader':
      return renderLeader(page.props, prepared);
    case 'institution':
      return renderInstitution(page.props, prepared);
    case 'guide':
      return renderGuide(page.props, prepared);
    case 'album':
      return renderAlbum(page.props, prepared);
    case 'video':
      return renderVideo(page.props, prepared);
  }
}

/** A field that was written line by line. */
export function linesOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

const factNames = [
  ['informationScope', '政府信息的分类'],
  ['arrangement', '编排体系'],
  ['access', '获取方式'],
  ['organisation', '政府信息公开工作机构的名称'],
  ['head', '负责人'],
  ['address', '办公地址'],
  ['officeHours', '办公时间'],
  ['phone', '联系电话'],
  ['fax', '传真'],
  ['postcode', '邮政编码'],
  ['onlineContact', '互联网联系方式'],
] as const satisfies readonly (readonly [keyof ResourceContent, string])[];

/** How an institution is reached, and what a guide must say: what is filled in, in this order. */
export function factsOf(content: ResourceContent): readonly Fact[] {
  const facts: Fact[] = factNames.flatMap(([key, name]) => {
    const value = content[key];
    return value === undefined || value === '' ? [] : [{ name, value }];
  });
  const { website } = content;
  if (website) facts.push({ name: '网址', value: website, url: website });
  return facts;
}

/** Undefined for types that are shown as articles. */
export function kindPageOf(
  material: Material,
  resource: LiveResource,
  props: ArticleProps,
): KindPage | undefined {
  const { content, type } = resource;
  switch (type) {
    case 'leader':
      return { kind: 'leader', props: leaderProps(content, props) };
    case 'institution': {
      const departments = linesOf(content.departments);
      return { kind: 'institution', props: { ...props, facts: factsOf(content), departments } };
    }
    case 'guide':
      return {
        kind: 'guide',
        props: { ...props, facts: factsOf(content), bodyHtml: bodyOrNothing(content, props.bodyHtml) },
      };
    case 'album':
      return { kind: 'album', props: { ...props, ...albumProps(material, content) } };
    case 'video':
      return videoPage(material, content, props);
    default:
      return undefined;
  }
}

function leaderProps(content: ResourceContent, props: ArticleProps): LeaderProps {
  const { post = '' } = content;
  const duties = linesOf(content.duties);
  return {
    ...props,
    post,
    duties,
    portrait: props.image,
    description: content.summary ?? `${post}${props.title}的工作分工和简历。${duties.join('')}`.slice(0, 120),
  };
}

/** A body that was left empty leaves nothing on the page. */
export function bodyOrNothing(content: ResourceContent, bodyHtml: string): string {
  return plainText(content.body ?? emptyDocument).trim() === '' && !bodyHtml.includes('<img') ? '' : bodyHtml;
}

/** The pictures of the text in their order; the words between them come first. */
function albumProps(
  material: Material,
  { body = emptyDocument }: ResourceContent,
): Pick<AlbumProps, 'pictures' | 'bodyHtml'> {
  const images = body.content.filter((block): block is ImageNode => block.type === 'image');
  const words: RichDocument = {
    type: 'doc',
    content: body.content.filter((block) => block.type !== 'image'),
  };
  const pictures = images.flatMap(({ attrs }): AlbumPicture[] => {
    const place = pictureOf(material, attrs.assetId);
    return place ? [{ ...place, alt: attrs.alt, ...(attrs.title ? { caption: attrs.title } : {}) }] : [];
  });
  const options = {
    asset: () => undefined,
    ownHosts: material.atlas.ownHosts,
    withoutWarning: material.isPreview,
  };
  return { pictures, bodyHtml: plainText(words).trim() === '' ? '' : renderRichText(words, options) };
}

/** A draft may lack its film still: then it is previewed as a text. */
function videoPage(material: Material, content: ResourceContent, props: ArticleProps): KindPage | undefined {
  const asset = content.filmAssetId ? material.assets.get(content.filmAssetId) : undefined;
  if (!asset) return undefined;
  const film = { url: material.fileUrl(asset), mediaType: asset.mediaType, bytes: Number(asset.size) };
  return {
    kind: 'video',
    props: {
      ...props,
      film,
      poster: props.image,
      transcript: linesOf(content.transcript),
      bodyHtml: bodyOrNothing(content, props.bodyHtml),
    },
  };
}
