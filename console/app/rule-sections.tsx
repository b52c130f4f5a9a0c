import { Link } from '@tanstack/react-router';

/** The screens of 校核规则. */
export function RuleSections() {
  const current = { 'aria-current': 'page' } as const;
  return (
    <nav aria-label="校核规则" className="sections">
      <Link to="/rule-sets" activeOptions={{ exact: true }} activeProps={current}>
        规则集
      </Link>
      <Link to="/rule-sets/built-in" activeProps={current}>
        内置规则
      </Link>
      <Link to="/rule-sets/hosts" activeProps={current}>
        网址名单
      </Link>
      <Link to="/rule-sets/emblems" activeProps={current}>
        核准图片
      </Link>
      <Link to="/rule-sets/known-words" activeProps={current}>
        常用词
      </Link>
    </nav>
  );
}
