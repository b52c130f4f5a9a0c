import { Link } from '@tanstack/react-router';

/** The screens of 数据共享. */
export function ExchangeSections() {
  const current = { 'aria-current': 'page' } as const;
  return (
    <nav aria-label="数据共享" className="sections">
      <Link to="/exchange" activeOptions={{ exact: true }} activeProps={current}>
        访问密钥
      </Link>
      <Link to="/exchange/webhooks" activeProps={current}>
        推送地址
      </Link>
    </nav>
  );
}
