import type { Examples } from '../examples.ts';
import { NeighbourLinks, RelatedLinks } from './neighbour-links.tsx';

export const neighbourLinksExamples: Examples = {
  'both neighbours': (
    <NeighbourLinks
      previous={{ name: '关于夜间封闭施工的通告', url: '/a.html' }}
      next={{ name: '公益性岗位招聘公告', url: '/b.html' }}
    />
  ),
  'the newest has no next': <NeighbourLinks previous={{ name: '关于夜间封闭施工的通告', url: '/a.html' }} />,
  'related reading': (
    <RelatedLinks
      related={[{ title: '相关解读', links: [{ name: '一图读懂：加装电梯补贴', url: '/c.html' }] }]}
    />
  ),
};
