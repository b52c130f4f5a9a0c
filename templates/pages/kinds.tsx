import { describeSize } from '../components/attachments/attachments.tsx';
import { FactTable } from '../components/fact-table/fact-table.tsx';
import { Portrait } from '../components/portrait/portrait.tsx';
import { SizedPicture } from '../components/sized-picture/sized-picture.tsx';
import { prepareChrome, type PreparedChrome } from '../document.tsx';
import type {
  AlbumPicture,
  AlbumProps,
  GuideProps,
  InstitutionProps,
  LeaderProps,
  VideoProps,
} from '../kind-types.ts';
import {
  describeAlbum,
  describeArticle,
  describeInstitution,
  describePerson,
  describeVideo,
} from '../structured-data.ts';
import { renderContentPage } from './content-page.tsx';

/** 领导信息: who it is and what for; the résumé is the text. */
export function renderLeader(
  props: LeaderProps,
  prepared: PreparedChrome = prepareChrome(props.chrome),
): string {
  const { title, post, portrait, duties } = props;
  return renderContentPage(props, {
    prepared,
    thing: describePerson(props),
    bodyTitle: '简历',
    before: (
      <section class="leader" aria-labelledby="leader-duties">
        <Portrait picture={portrait} name={title} />
        <div class="leader-facts">
          <p class="leader-post">{post}</p>
          <h2 id="leader-duties" class="part-title">
            工作分工
          </h2>
          {duties.map((line) => (
            <p>{line}</p>
          ))}
        </div>
      </section>
    ),
  });
}

/** 机构职能: what it does and how to reach it. */
export function renderInstitution(
  props: InstitutionProps,
  prepared: PreparedChrome = prepareChrome(props.chrome),
): string {
  const { facts, departments } = props;
  return renderContentPage(props, {
    prepared,
    thing: describeInstitution(props),
    bodyTitle: '主要职责',
    before: <FactTable facts={facts} caption="机构联系方式" />,
    after:
      departments.length === 0 ? undefined : (
        <section aria-labelledby="departments">
          <h2 id="departments" class="part-title">
            内设机构
          </h2>
          <ul class="departments">
            {departments.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </section>
      ),
  });
}

/** 政府信息公开指南: its nine facts, then its text. */
export function renderGuide(
  props: GuideProps,
  prepared: PreparedChrome = prepareChrome(props.chrome),
): string {
  return renderContentPage(props, {
    prepared,
    thing: describeArticle(props),
    before: <FactTable facts={props.facts} caption="政府信息公开指南要素" />,
  });
}

export function renderAlbum(
  props: AlbumProps,
  prepared: PreparedChrome = prepareChrome(props.chrome),
): string {
  const { pictures } = props;
  return renderContentPage(props, {
    prepared,
    thing: describeAlbum(props),
    after: (
      <section aria-label={`图集，共 ${pictures.length} 张`}>
        <ul class="album">
          {pictures.map((picture, index) => (
            <AlbumEntry picture={picture} place={`${index + 1} / ${pictures.length}`} />
          ))}
        </ul>
      </section>
    ),
  });
}

function AlbumEntry({ picture, place }: { picture: AlbumPicture; place: string }) {
  const { url, alt, caption } = picture;
  return (
    <li>
      <figure>
        <a href={url} title="查看大图">
          <SizedPicture picture={picture} shown="(min-width: 44em) 22rem, 100vw" />
        </a>
        <figcaption>
          <span class="album-place">{place}</span> {caption ?? alt}
        </figcaption>
      </figure>
    </li>
  );
}

export function renderVideo(
  props: VideoProps,
  prepared: PreparedChrome = prepareChrome(props.chrome),
): string {
  const { film, poster, title, transcript } = props;
  return renderContentPage(props, {
    prepared,
    thing: describeVideo(props),
    before: (
      <figure class="film">
        <video controls preload="metadata" playsinline aria-label={title} poster={poster?.url}>
          <source src={film.url} type={film.mediaType} />
          <p>
            您的浏览器不能播放视频，请<a href={film.url}>下载后观看</a>。
          </p>
        </video>
        <figcaption>
          <a href={film.url} download>
            下载视频
          </a>
          （{describeSize(film.bytes)}）
        </figcaption>
      </figure>
    ),
    after: (
      <section class="transcript" aria-labelledby="transcript">
        <h2 id="transcript" class="part-title">
          文字稿
        </h2>
        {transcript.map((line) => (
          <p>{line}</p>
        ))}
      </section>
    ),
  });
}
