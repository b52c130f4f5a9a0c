// The islands of the public pages. Every page is complete without them.
(function () {
  'use strict';
  var root = document.documentElement;

  function each(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  }

  function say(message) {
    each('[data-tool-status]', function (status) {
      status.textContent = message;
    });
  }

  function remember(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch {
      // Not remembered, but still switched.
    }
  }

  function tell(name, detail) {
    document.dispatchEvent(new CustomEvent(name, { detail: detail }));
  }

  // What few people use is fetched when it is used, from beside this file and in the same version.
  var here = document.currentScript ? document.currentScript.src : '/static/site.js';
  var parts = {};
  function fetchPart(name, then) {
    var script = parts[name];
    if (!script) {
      script = parts[name] = document.createElement('script');
      script.src = here.replace('site.js', name + '.js');
      script.addEventListener('load', function () {
        script.arrived = true;
      });
      document.head.appendChild(script);
    }
    if (!then) return;
    if (script.arrived) then();
    else script.addEventListener('load', then);
  }

  // Modes are classes of the root, remembered on this device. tools.js brings more buttons of the same kind.
  var rivals = { contrast: 'contrast-light', 'contrast-light': 'contrast' };
  function setMode(mode, on) {
    root.classList.toggle(mode, on);
    remember('mode-' + mode, on ? 'on' : 'off');
    if (on && rivals[mode]) setMode(rivals[mode], false);
  }
  function showModes() {
    each('[data-preference]', function (button) {
      var on = root.classList.contains(button.getAttribute('data-preference'));
      button.setAttribute('aria-pressed', String(on));
    });
    if (root.classList.contains('ruler')) fetchPart('tools');
    if (root.classList.contains('hant')) fetchPart('hant');
  }
  document.addEventListener('click', function (event) {
    var button = event.target.closest ? event.target.closest('[data-preference]') : null;
    if (!button) return;
    var mode = button.getAttribute('data-preference');
    setMode(mode, !root.classList.contains(mode));
    tell('modes:changed', mode);
  });
  document.addEventListener('modes:changed', showModes);
  showModes();

  // 无障碍工具: a bar of tools below the header's first line.
  each('[data-tools]', function (button) {
    function show(open) {
      button.setAttribute('aria-expanded', String(open));
      remember('tools', open ? 'open' : 'closed');
      fetchPart('tools', function () {
        tell('tools:show', open);
      });
    }
    button.addEventListener('click', function () {
      show(button.getAttribute('aria-expanded') !== 'true');
    });
    document.addEventListener('tools:close', function () {
      show(false);
      button.focus();
    });
    try {
      if (localStorage.getItem('tools') === 'open') show(true);
    } catch {
      // Closed, then.
    }
  });

  each('[data-print]', function (button) {
    button.addEventListener('click', function () {
      window.print();
    });
  });

  each('[data-copy-link]', function (button) {
    button.addEventListener('click', function () {
      var canonical = document.querySelector('link[rel=canonical]');
      copyText(canonical ? canonical.href : location.href).then(
        function () {
          say('链接已复制');
        },
        function () {
          say('无法复制，请从地址栏复制');
        },
      );
    });
  });

  function copyText(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    return new Promise(function (resolve, reject) {
      var field = document.createElement('textarea');
      field.value = text;
      field.className = 'visually-hidden';
      document.body.appendChild(field);
      field.select();
      var copied = document.execCommand('copy');
      field.remove();
      if (copied) resolve();
      else reject(new Error('copy refused'));
    });
  }

  // 朗读: offered where the visitor's own device has a Chinese voice; tools.js reads.
  each('[data-read-aloud]', function (button) {
    var speech = window.speechSynthesis;
    if (!speech || !document.querySelector('.rich-text')) return;
    function offerWhenPossible() {
      button.hidden = !speech.getVoices().some(function (voice) {
        return /^(zh|cmn|yue)/i.test(voice.lang);
      });
    }
    button.addEventListener('click', function () {
      fetchPart('tools', function () {
        tell('tools:read');
      });
    });
    offerWhenPossible();
    speech.addEventListener('voiceschanged', offerWhenPossible);
  });

  // Tabs: links to panels become a tab list.
  each('[data-tabs]', function (tabs) {
    var links = Array.prototype.slice.call(tabs.querySelectorAll('.tab-list a'));
    var list = tabs.querySelector('.tab-list');
    var panels = links.map(function (link) {
      return document.getElementById(link.getAttribute('href').slice(1));
    });
    function select(chosen, focus) {
      links.forEach(function (link, index) {
        var on = index === chosen;
        link.setAttribute('aria-selected', String(on));
        link.tabIndex = on ? 0 : -1;
        panels[index].hidden = !on;
        if (on && focus) link.focus();
      });
    }
    list.setAttribute('role', 'tablist');
    list.setAttribute('aria-labelledby', tabs.getAttribute('aria-labelledby'));
    links.forEach(function (link, index) {
      link.parentNode.setAttribute('role', 'presentation');
      link.setAttribute('role', 'tab');
      link.id = panels[index].id + '-tab';
      link.setAttribute('aria-controls', panels[index].id);
      panels[index].setAttribute('role', 'tabpanel');
      panels[index].setAttribute('aria-labelledby', link.id);
      panels[index].classList.remove('tab-panel-later');
      link.addEventListener('click', function (event) {
        event.preventDefault();
        select(index, false);
      });
      link.addEventListener('keydown', function (event) {
        var last = links.length - 1;
        var next = {
          ArrowRight: index === last ? 0 : index + 1,
          ArrowLeft: index === 0 ? last : index - 1,
          Home: 0,
          End: last,
        }[event.key];
        if (next !== undefined) {
          event.preventDefault();
          select(next, true);
        } else if (event.key === ' ') {
          event.preventDefault();
          select(index, true);
        }
      });
    });
    select(0, false);
  });

  // Table of contents: the heading being read is marked.
  each('[data-contents]', function (contents) {
    var details = contents.querySelector('details');
    if (details && window.matchMedia('(max-width: 63.99em)').matches) details.open = false;
    if (!('IntersectionObserver' in window)) return;
    var links = {};
    Array.prototype.forEach.call(contents.querySelectorAll('a'), function (link) {
      links[decodeURIComponent(link.getAttribute('href').slice(1))] = link;
    });
    var observer = new IntersectionObserver(
      function (entries) {
        entries.forEach(function (entry) {
          if (!entry.isIntersecting) return;
          Object.keys(links).forEach(function (anchor) {
            if (anchor === entry.target.id) links[anchor].setAttribute('aria-current', 'location');
            else links[anchor].removeAttribute('aria-current');
          });
        });
      },
      { rootMargin: '0px 0px -75% 0px' },
    );
    Object.keys(links).forEach(function (anchor) {
      var heading = document.getElementById(anchor);
      if (heading) observer.observe(heading);
    });
  });

  // Leaving for a site that is not the government's is announced first (rule R39).
  document.addEventListener('click', function (event) {
    var link = event.target.closest ? event.target.closest('a[href]') : null;
    if (!link || event.defaultPrevented || !leavesGovernment(link)) return;
    event.preventDefault();
    announceLeaving(link);
  });

  // Links in a text were judged when it was rendered, where the platform's own hosts are known. Without this script
  // they lead to a page that warns; the page with the warning itself leads on.
  function leavesGovernment(link) {
    if (link.hasAttribute('data-external')) return true;
    if (!/^https?:$/.test(link.protocol) || link.hostname === location.hostname) return false;
    if (link.closest('.rich-text') || location.pathname === '/leaving') return false;
    return !/(^|\.)(gov\.cn|xn--zfr164b|localhost)$/.test(link.hostname);
  }

  function announceLeaving(link) {
    var target = document.createElement('a');
    target.href = link.getAttribute('data-external') || link.href;
    var dialog = document.createElement('dialog');
    if (!dialog.showModal) {
      if (window.confirm('您将离开本网站，前往 ' + target.hostname)) location.href = target.href;
      return;
    }
    dialog.className = 'leaving';
    dialog.setAttribute('aria-labelledby', 'leaving-title');
    dialog.innerHTML =
      '<h2 id="leaving-title">您将离开本网站</h2><p>即将前往 <strong></strong>。该网站不是政府网站，其内容由其所有者负责。</p>' +
      '<form method="dialog"><a class="button">继续前往</a><button class="button-quiet">留在本站</button></form>';
    dialog.querySelector('strong').textContent = target.hostname;
    var onward = dialog.querySelector('a');
    onward.href = target.href;
    onward.rel = 'noopener noreferrer';
    onward.addEventListener('click', function (event) {
      event.stopPropagation();
    });
    dialog.addEventListener('close', function () {
      dialog.remove();
      link.focus();
    });
    document.body.appendChild(dialog);
    dialog.showModal();
  }
})();
