/** Written as a careful user of Hugo would: what a site's pages share is rendered once (`partialCached`). */
export const hugoConfiguration = `
baseURL = "http://www.localhost/"
languageCode = "zh-CN"
title = "测量区人民政府"
disableKinds = ["taxonomy", "term", "404"]
paginate = 20
timeout = "600s"
[outputs]
home = ["HTML"]
section = ["HTML", "RSS"]
page = ["HTML"]
[services.rss]
limit = 20
`;

const document = `<!doctype html>
<html lang="zh-CN"><head>{{ partialCached "shared-head.html" . .Section }}<title>{{ .Title }} - {{ (index site.Data.chromes .Section).name }}</title>
{{- if .IsPage }}{{ partial "article-head.html" . }}{{ else }}{{ partial "column-tags.html" . }}<meta name="Description" content="{{ .Description }}">{{ end -}}
<meta name="Url" content="{{ .Permalink }}"><link rel="canonical" href="{{ .Permalink }}"><meta property="og:url" content="{{ .Permalink }}"><meta property="og:type" content="{{ if .IsPage }}article{{ else }}website{{ end }}"><meta property="og:title" content="{{ .Title }}"><meta property="og:description" content="{{ .Description }}">
{{- with .CurrentSection }}<link rel="alternate" type="application/rss+xml" title="{{ .Title }}" href="{{ .RelPermalink }}index.xml">{{ end -}}
</head><body><a class="skip-link" href="#main">跳到正文</a>{{ partialCached "header.html" . .Section .CurrentSection.RelPermalink }}<div class="wrap">{{ partial "breadcrumb.html" . }}<main id="main" tabindex="-1">{{ block "main" . }}{{ end }}</main></div>{{ partialCached "footer.html" . .Section }}</body></html>
`;

const sharedHead = `{{ $chrome := index site.Data.chromes .Section }}<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="format-detection" content="telephone=no"><meta name="SiteName" content="{{ $chrome.name }}"><meta name="SiteDomain" content="{{ $chrome.domain }}"><meta name="SiteIDCode" content="{{ $chrome.identityCode }}"><meta property="og:site_name" content="{{ $chrome.name }}"><meta property="og:locale" content="zh_CN"><link rel="stylesheet" href="/static/site.css?v=0123456789ab"><link rel="stylesheet" href="/theme.css"><script src="/static/preferences.js?v=0123456789ab"></script><script src="/static/urgent.js?v=0123456789ab" defer></script><script src="/static/site.js?v=0123456789ab" defer></script><link rel="icon" href="/static/icon.svg?v=0123456789ab" type="image/svg+xml">`;

const columnTags = `{{ with .CurrentSection }}<meta name="ColumnName" content="{{ .Title }}"><meta name="ColumnDescription" content="{{ .Description }}"><meta name="ColumnKeywords" content="{{ .Title }}"><meta name="ColumnType" content="{{ .Title }}">{{ end }}`;

const articleHead = `{{ $published := .Date.Format "2006-01-02 15:04" }}{{ partial "column-tags.html" . }}<meta name="ArticleTitle" content="{{ .Title }}"><meta name="PubDate" content="{{ $published }}"><meta name="ContentSource" content="{{ .Params.source }}"><meta name="Author" content="{{ .Params.source }}"><meta property="article:published_time" content="{{ .Date.Format "2006-01-02T15:04:05+08:00" }}"><meta name="Description" content="{{ .Description }}">
{{- $article := dict "@type" "NewsArticle" "headline" .Title "url" .Permalink "datePublished" $published "description" .Description "inLanguage" "zh-CN" "author" (dict "@type" "Organization" "name" .Params.source) -}}
{{- $trail := dict "@type" "BreadcrumbList" "itemListElement" (slice (dict "@type" "ListItem" "position" 1 "name" "首页" "item" "/") (dict "@type" "ListItem" "position" 2 "name" .CurrentSection.Title "item" .CurrentSection.Permalink) (dict "@type" "ListItem" "position" 3 "name" .Title "item" .Permalink)) -}}
<script type="application/ld+json">{{ dict "@context" "https://schema.org" "@graph" (slice $article $trail) | jsonify | safeJS }}</script>`;

const header = `{{ $chrome := index site.Data.chromes .Section }}{{ $current := .CurrentSection.RelPermalink }}<aside class="demo-strip" aria-label="演示说明"><p class="wrap"><strong>演示</strong> 本站为演示站点，机构、文件和数据均为虚构，不具有任何效力。</p></aside><header class="site-header"><div class="utility"><div class="wrap"><a href="http://www.localhost/">测量区人民政府</a><ul class="utility-links"><li class="js-only"><button type="button" data-preference="elder" aria-pressed="false">长者模式</button></li><li class="js-only"><button type="button" data-preference="contrast" aria-pressed="false">高对比度</button></li><li><a href="/guidance.html">无障碍</a></li></ul></div></div><div class="masthead wrap"><a class="brand" href="/"><span class="brand-mark" aria-hidden="true">测</span><span class="brand-name">{{ $chrome.name }}</span></a><form class="header-search" role="search" action="/search" method="get" aria-label="站内搜索"><label class="visually-hidden" for="header-q">搜索内容</label><input id="header-q" name="q" type="search" maxlength="100" placeholder="搜索文件、通知、新闻" required><button type="submit">搜索</button></form></div><nav class="main-navigation" aria-label="主导航"><ul class="wrap"><li><a href="/">首页</a></li>{{ range $chrome.navigation }}<li><a href="{{ .url }}"{{ if eq .url $current }} aria-current="true"{{ end }}>{{ .name }}</a></li>{{ end }}</ul></nav></header>`;

const footer = `{{ $chrome := index site.Data.chromes .Section }}<footer class="site-footer"><div class="wrap"><nav class="friendly-links" aria-label="相关网站"><span aria-hidden="true">相关网站</span><ul>{{ range $chrome.friends }}<li><a href="{{ .url }}">{{ .name }}</a></li>{{ end }}</ul></nav><div class="footer-body"><div class="footer-text"><ul class="footer-links"><li><a href="/sitemap.html">站点地图</a></li><li><a href="/correction.html">我为政府网站找错</a></li><li><a href="/guidance.html">适老化与无障碍</a></li></ul><ul class="footer-facts"><li>主办单位：{{ $chrome.organiser }}</li><li>联系方式：{{ $chrome.contact }}</li><li>地址：{{ $chrome.address }}</li></ul><ul class="footer-facts"><li>网站标识码：{{ $chrome.identityCode }}</li><li>ICP备案：{{ $chrome.icpNumber }}</li><li>公安备案：{{ $chrome.policeNumber }}</li><li>本网站支持 IPv6</li></ul></div><ul class="footer-marks" aria-label="网站标识"><li><span class="mark">党政机关标识（占位）</span></li><li><a class="mark" href="/guidance.html">适老化标识（占位）</a></li></ul></div></div></footer>`;

const breadcrumb = `<nav class="breadcrumb" aria-label="当前位置"><ol><li><a href="/">首页</a></li>{{ if .IsPage }}<li><a href="{{ .CurrentSection.RelPermalink }}">{{ .CurrentSection.Title }}</a></li><li><span aria-current="page">正文</span></li>{{ else }}<li><span aria-current="page">{{ .Title }}</span></li>{{ end }}</ol></nav>`;

const disclosure = `<section class="disclosure" aria-label="政府信息公开要素"><dl><div><dt>信息类别</dt><dd>{{ .Params.category }}</dd></div><div><dt>公开方式</dt><dd>{{ .Params.openMode }}</dd></div><div><dt>生成日期</dt><dd>{{ .Params.producedOn }}</dd></div><div><dt>公开时限</dt><dd>{{ .Params.openTimeLimit }}</dd></div><div><dt>公开范围</dt><dd>{{ .Params.openScope }}</dd></div><div><dt>信息索取号</dt><dd>{{ .Params.indexNumber }}</dd></div>{{ with .Params.documentNumber }}<div><dt>文号</dt><dd>{{ . }}</dd></div>{{ end }}{{ with .Params.writtenOn }}<div><dt>成文日期</dt><dd>{{ . }}</dd></div>{{ end }}<div><dt>发布机构</dt><dd>{{ .Params.issuer }}</dd></div><div><dt>有效性</dt><dd>{{ .Params.validity }}</dd></div></dl></section>`;

const single = `{{ define "main" }}<article class="article"><header class="article-header"><h1>{{ .Title }}</h1></header>{{ if .Params.isPolicy }}{{ partial "disclosure.html" . }}{{ end }}<div class="byline"><ul class="byline-facts"><li>发布时间：<time datetime="{{ .Date.Format "2006-01-02T15:04:05+08:00" }}">{{ .Date.Format "2006-01-02 15:04" }}</time></li><li>来源：{{ .Params.source }}</li></ul><ul class="page-tools js-only" aria-label="页面工具"><li><button type="button" data-copy-link>复制链接</button></li><li><button type="button" data-print>打印</button></li><li><button type="button" data-read-aloud aria-pressed="false" hidden>朗读</button></li><li><span class="tool-status" role="status" data-tool-status></span></li></ul></div><div class="article-body"><div class="rich-text">{{ .Content }}</div></div><div class="article-end"><ul class="article-notes"><li><a href="/correction.html">内容有误？告诉我们</a></li></ul><nav class="neighbours" aria-label="上一篇和下一篇"><ul>{{ with .PrevInSection }}<li><span>上一篇</span><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}{{ with .NextInSection }}<li><span>下一篇</span><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></nav></div></article>{{ end }}`;

const entry = `<li><div class="entry-text"><p class="entry-title"><a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ with .Params.validity }}<span class="tag">{{ . }}</span>{{ end }}</p>{{ with .Params.documentNumber }}<p class="entry-facts"><span>{{ . }}</span></p>{{ end }}</div><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2006-01-02" }}</time></li>`;

const list = `{{ define "main" }}<div class="column-heading"><h1>{{ .Title }}</h1><a class="rss" href="{{ .RelPermalink }}index.xml">RSS 订阅</a></div><p class="column-description">{{ .Description }}</p>{{ $pages := .Pages }}{{ if .Params.gathers }}{{ $pages = partialCached "notices.html" . "notices" }}{{ end }}{{ $paginator := .Paginate $pages }}<ul class="entry-list">{{ range $paginator.Pages }}{{ partial "entry.html" . }}{{ end }}</ul><nav class="pager" aria-label="翻页"><ul><li><a href="{{ $paginator.First.URL }}">最新</a></li>{{ with $paginator.Prev }}<li><a href="{{ .URL }}" rel="prev">较新</a></li>{{ end }}<li><span class="pager-current" aria-current="page">第 {{ $paginator.PageNumber }} 页</span></li>{{ with $paginator.Next }}<li><a href="{{ .URL }}" rel="next">较早</a></li>{{ end }}<li><a href="{{ $paginator.Last.URL }}">最早</a></li></ul></nav>{{ end }}`;

const siteHome = `{{ define "main" }}{{ range .Sections }}<section><h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2><ul>{{ range first 8 .Pages }}{{ partial "entry.html" . }}{{ end }}</ul></section>{{ end }}{{ end }}`;

const home = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{{ site.Title }}</title></head><body><ul>{{ range .Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></body></html>`;

const rss = `{{ printf "<?xml version=\\"1.0\\" encoding=\\"utf-8\\"?>" | safeHTML }}<rss version="2.0"><channel><title>{{ .Title }}</title><link>{{ .Permalink }}</link><description>{{ .Description }}</description>{{ $pages := .Pages }}{{ if .Params.gathers }}{{ $pages = partialCached "notices.html" . "notices" }}{{ end }}{{ range first 20 $pages }}<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link><guid>{{ .Permalink }}</guid><pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" | safeHTML }}</pubDate><description>{{ .Title }}</description></item>{{ end }}</channel></rss>`;

/** Found once, not for every page of the list. */
const notices = `{{ return where site.RegularPages "Params.isnotice" true }}`;

/** A theme that puts on its pages what ours puts there: the same tags, header, footer, lists, feeds. */
export const hugoTheme: Readonly<Record<string, string>> = {
  'layouts/_default/baseof.html': document,
  'layouts/_default/single.html': single,
  'layouts/_default/list.html': list,
  'layouts/_default/site.html': siteHome,
  'layouts/_default/rss.xml': rss,
  'layouts/index.html': home,
  'layouts/partials/shared-head.html': sharedHead,
  'layouts/partials/column-tags.html': columnTags,
  'layouts/partials/article-head.html': articleHead,
  'layouts/partials/header.html': header,
  'layouts/partials/footer.html': footer,
  'layouts/partials/breadcrumb.html': breadcrumb,
  'layouts/partials/disclosure.html': disclosure,
  'layouts/partials/entry.html': entry,
  'layouts/partials/notices.html': notices,
};
