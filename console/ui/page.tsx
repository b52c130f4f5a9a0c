import type { ReactNode } from 'react';
import { useEffect } from 'react';

interface Props {
  readonly title: string;
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · 集约工作后台`;
  }, [title]);
}

/** A screen: one heading, its main actions, its content. */
export function Page({ title, subtitle, actions, wide = false, children }: Props) {
  useDocumentTitle(title);
  return (
    <div className={wide ? 'page page-wide' : 'page'}>
      <header className="page-header">
        <div>
          <h1>{title}</h1>
          {subtitle === undefined ? null : <div className="hint">{subtitle}</div>}
        </div>
        {actions === undefined ? null : <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
