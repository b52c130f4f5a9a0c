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

  // 长者模式 and 高对比度: a class on the root, remembered on this device.
  each('[data-preference]', function (button) {
    var mode = button.getAttribute('data-preference');
    function show() {
      button.setAttribute('aria-pressed', String(root.classList.contains(mode)));
    }
    button.addEventListener('click', function () {
      var on = root.classList.toggle(mode);
      try {
        localStorage.setItem('mode-' + mode, on ? 'on' : 'off');
      } catch {
        // Not remembered, but still switched.
      }
      show();
    });
    show();
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

  // 朗读: with the voice of the visitor's own device, one paragraph at a time because long texts are cut off.
  each('[data-read-aloud]', function (button) {
    var speech = window.speechSynthesis;
    var body = document.querySelector('.rich-text');
    if (!speech || !body) return;

    function offerWhenPossible() {
      var voices = speech.getVoices();
      button.hidden = !voices.some(function (voice) {
        return /^zh/i.test(voice.lang);
      });
    }
    function stop() {
      speech.cancel();
      button.setAttribute('aria-pressed', 'false');
      button.textContent = '朗读';
    }
    button.addEventListener('click', function () {
      if (button.getAttribute('aria-pressed') === 'true') return stop();
      var blocks = body.querySelectorAll('h2, h3, h4, p, th, td');
      Array.prototype.forEach.call(blocks, function (block, index) {
        var utterance = new SpeechSynthesisUtterance(block.textContent || '');
        utterance.lang = 'zh-CN';
        utterance.rate = root.classList.contains('elder') ? 0.85 : 1;
        if (index === blocks.length - 1) utterance.onend = stop;
        speech.speak(utterance);
      });
      button.setAttribute('aria-pressed', 'true');
      button.textContent = '停止朗读';
    });
    offerWhenPossible();
    speech.addEventListener('voiceschanged', offerWhenPossible);
    window.addEventListener('pagehide', stop);
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
        var step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (step) {
          event.preventDefault();
          select((index + step + links.length) % links.length, true);
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
