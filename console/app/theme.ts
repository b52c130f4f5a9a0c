import type { ThemeConfig } from 'antd';

// Secondary text is darker than Ant Design's own, which misses 4.5:1 on grey.
const quiet = '#565d69';

export const theme: ThemeConfig = {
  cssVar: { key: 'jiyue' },
  hashed: false,
  token: {
    // Ant Design must know of it: cut short by a style sheet, its menus open outside the screen.
    motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    colorPrimary: '#1a56a8',
    colorLink: '#1a56a8',
    colorLinkHover: '#0f3f80',
    colorText: '#1c2430',
    colorTextSecondary: quiet,
    colorTextTertiary: quiet,
    colorTextDescription: quiet,
    colorTextPlaceholder: '#666d78',
    colorError: '#c0271d',
    colorSuccess: '#1d7a44',
    colorSuccessBg: '#eef8f1',
    colorSuccessBorder: '#a9d6b9',
    colorWarning: '#a65b00',
    colorWarningBg: '#fff8e8',
    colorWarningBorder: '#efc98a',
    colorBgLayout: '#f4f6f9',
    borderRadius: 6,
    fontSize: 15,
    fontFamily:
      "-apple-system, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', system-ui, sans-serif",
    controlHeight: 36,
  },
  components: {
    Layout: { headerBg: '#ffffff', siderBg: '#ffffff', headerHeight: 56, headerPadding: '0 16px' },
    Menu: { itemHeight: 42 },
  },
};
