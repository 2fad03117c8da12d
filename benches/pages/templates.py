"""Templates of web pages, one function a family: each gives a page and its right text.

A family is imitated after the markup that its kind of site has, not after what any reader of pages does with it. `TUNED`
may be looked at while the reader's rules are made; `APART` are run when they are done.
"""
import json

from prose import SUBHEADS, esc


class Page:
    """`gold` are the story's blocks in order; `may` are lines that may be in the text or not: standfirst, byline, date.
    Whatever is in neither is of others."""

    def __init__(self, prose, head, body, gold, may=(), author=None, date=True, lang='en', doctype='<!DOCTYPE html>'):
        self.html = f'{doctype}\n<html lang="{lang}">\n<head>{head}</head>\n{body}\n</html>\n'
        self.gold, self.title = gold, prose.title
        self.may = [prose.title, *may, f'By {prose.author}', prose.author, prose.long_date(), prose.iso()]
        self.author = prose.author if author is None else author
        self.date = prose.iso() if date else ''


def ps(paragraphs, open_='<p>', close='</p>'):
    return '\n'.join(f'{open_}{esc(text)}{close}' for text in paragraphs)


def og(p, site='The Daily Lantern', kind='property'):
    return (f'<meta charset="utf-8"><title>{esc(p.title)} | {site}</title><meta {kind}="og:title" content="{esc(p.title)}">'
            f'<meta property="og:site_name" content="{site}"><meta property="article:published_time" content="{p.iso()}T07:30:00Z">'
            f'<meta name="author" content="{p.author}">')


def ld(p, site='The Daily Lantern'):
    data = {'@context': 'https://schema.org', '@type': 'NewsArticle', 'headline': p.title, 'datePublished': p.iso() + 'T07:30:00+01:00',
            'author': [{'@type': 'Person', 'name': p.author}], 'publisher': {'@type': 'Organization', 'name': site}}
    return (f'<meta charset="utf-8"><title>{esc(p.title)} - {site}</title>'
            f'<script type="application/ld+json">{json.dumps(data)}</script>')


def nav(words='Home World Politics Business Sport Culture Opinion'):
    return '<nav><ul>' + ''.join(f'<li><a href="/{w.lower()}">{w}</a></li>' for w in words.split()) + '</ul></nav>'


def wordpress(p, c):
    body = p.paragraphs()
    comments = ''.join(
        f'<li class="comment even depth-1"><article class="comment-body"><footer class="comment-meta"><div class="comment-author vcard">'
        f'<b class="fn">{p.other()}</b> <span class="says">says:</span></div><a href="#c"><time>May 3, 2030 at 9:1{n} am</time></a></footer>'
        f'<div class="comment-content"><p>{esc(p.comment())}</p></div><div class="reply"><a href="#">Reply</a></div></article></li>'
        for n in range(c.randint(2, 8)))
    half = len(body) // 2
    return Page(p, og(p), f'''<body class="single single-post"><header id="masthead"><p class="site-title"><a href="/">The Daily Lantern</a></p>{nav()}</header>
<div id="content" class="site-content"><main id="main"><article id="post-{c.randint(1, 9999)}" class="post type-post hentry category-news">
<header class="entry-header"><h1 class="entry-title">{esc(p.title)}</h1><div class="entry-meta">Posted on <time class="entry-date published" datetime="{p.iso()}T07:30:00+00:00">{p.long_date()}</time> by <span class="author vcard"><a href="/a">{p.author}</a></span></div></header>
<div class="entry-content"><div id="attachment_1" class="wp-caption alignright"><img src="a.jpg"><p class="wp-caption-text">{esc(p.caption())}</p></div>
{ps(body[:half])}<div class="code-block"><strong>Sign up for our newsletter</strong><p>Get the five best stories from us every morning, free of charge.</p><a href="/nl">Subscribe now</a></div>{ps(body[half:])}
<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul><li><a>Click to share on Twitter (Opens in new window)</a></li><li><a>Click to email a link to a friend</a></li></ul></div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3>Related</h3><p>{esc(p.teaser())}</p><p>{esc(p.teaser())}</p></div></div>
<footer class="entry-footer"><span class="cat-links">Posted in <a>News</a></span><span class="tags-links">Tagged <a>{p.thing}</a>, <a>{p.town}</a></span></footer></article>
<div class="author-box"><h4>About {p.author}</h4><p>{p.author} covers the coast for the Lantern and has written two books on bridges.</p></div>
<nav class="post-navigation"><a rel="prev">Previous: {esc(p.teaser())}</a></nav>
<div id="comments" class="comments-area"><h2 class="comments-title">Thoughts on this story</h2><ol class="comment-list">{comments}</ol><div id="respond"><h3>Leave a Reply</h3><form><textarea></textarea></form></div></div></main>
<aside id="secondary" class="widget-area"><section class="widget"><h2>Recent Posts</h2><ul><li><a>{esc(p.teaser())}</a></li><li><a>{esc(p.teaser())}</a></li></ul></section></aside></div>
<footer>Proudly powered by WordPress</footer></body>''', body)


def layout_table(p, c):
    body = p.paragraphs(4, 7)
    comments = ''.join(f'<tr><td bgcolor="#eeeeee"><b>{p.other()}</b> wrote on 0{n}.06.2031:<br>{esc(p.comment())}</td></tr>' for n in range(1, c.randint(3, 7)))
    text = '<br><br>'.join(esc(text) for text in body)
    return Page(p, f'<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>The Lantern Online: {esc(p.title)}</title><meta name="date" content="{p.iso()}">',
        f'''<body bgcolor="#ffffff"><center><table width="760" border="0" cellpadding="0"><tr><td colspan="3"><a href="/"><img src="logo.gif" alt="The Lantern Online"></a></td></tr>
<tr><td width="120" valign="top"><font size="1"><a href="/1">News</a><br><a href="/2">Sport</a><br><a href="/3">Weather</a><br><a href="/4">Archive</a><br><b>Poll</b><br>Should the {p.thing} be sold?<br><a href="/y">Yes</a> <a href="/n">No</a></font></td>
<td width="480" valign="top"><h1>{esc(p.title)}</h1><font size="2">By <b>{p.author}</b><br>{p.long_date()}</font><br><br>
<table align="right" width="200"><tr><td><img src="p.jpg"><br><font size="1">{esc(p.caption())} (Photo: {p.other()})</font></td></tr></table>
<font face="Arial" size="2">{text}</font><hr><b>Your comments</b><table width="100%">{comments}</table></td>
<td width="160" valign="top"><font size="1"><b>Also in the news</b><br><a href="/5">{esc(p.teaser())}</a><br><br><a href="/6">{esc(p.teaser())}</a></font></td></tr>
<tr><td colspan="3"><font size="1">Copyright The Lantern Online. All rights reserved.</font></td></tr></table></center></body>''', body, doctype='')


def random_classes(p, c):
    k = lambda: 'css-' + ''.join(c.choice('abcdefghijklmnopqrstuvwxyz0123456789') for _ in range(6))
    body = p.paragraphs(6, 10)
    same = k()
    blocks = [f'<p class="{same}">{esc(text)}</p>' for text in body]
    labels = ['Read more:', 'Related:', 'Also on our site:', 'See also:', 'More:']
    for at, label in zip((5, 3, 1), c.sample(labels, 3)):
        link = f'<a class="{k()}" href="/s/{c.randint(1, 999)}">{esc(p.teaser())}</a>'
        blocks.insert(at, c.choice([f'<p class="{same}"><strong>{label}</strong> {link}</p>', f'<p class="{same}">{label} {link}</p>',
                                    f'<p class="{same}"><em>{label} {link}</em></p>', f'<div class="{k()}"><span>{label}</span>{link}</div>']))
    cards = ''.join(f'<div class="{k()}"><a href="/x"><div class="{k()}">{esc(p.teaser())}</div></a><p class="{k()}">{esc(p.other_paragraphs(1, 1)[0])}</p></div>' for _ in range(4))
    return Page(p, ld(p), f'''<body><div id="app"><div class="{k()}"><header class="{k()}">{nav()}</header><main class="{k()}"><div class="{k()}"><div class="{k()}"><h1 class="{k()}">{esc(p.title)}</h1>
<div class="{k()}"><span>By <a href="/by/x">{p.author}</a></span><time datetime="{p.iso()}T07:30:00+01:00">{p.long_date()}</time><span>4 min read</span></div></div>
<section class="{k()}">{''.join(blocks)}</section><div class="{k()}"><button>Share</button><button>Save</button></div></div><div class="{k()}"><h2 class="{k()}">More from World</h2>{cards}</div></main>
<footer class="{k()}"><p>© 2031 The Daily Lantern. Terms of service. Privacy policy.</p></footer></div></div></body>''', body)


def two_stories(p, c):
    body, other = p.paragraphs(4, 6), p.other_paragraphs(7, 10)
    title = p.teaser()
    return Page(p, og(p), f'''<body><header>{nav()}</header><main><div class="story-wrap"><h1>{esc(p.title)}</h1><p class="byline">By {p.author}</p><p class="date">{p.long_date()}</p>
<div class="story-text">{ps(body)}</div></div><div class="story-wrap"><h1>{esc(title)}</h1><p class="byline">By {p.other()}</p><p class="date">June 1, 2031</p>
<div class="story-text">{ps(other)}</div></div></main><footer>All rights reserved</footer></body>''', body)


def two_articles(p, c):
    """What an endless page looks like when it is saved: the next stories stand below, longer than its own."""
    body = p.paragraphs(3, 5)
    more = ''.join(f'<article data-index="{n}"><header><h2>{esc(p.teaser())}</h2><span>{p.other()}</span></header>{ps(p.other_paragraphs(6, 9))}</article>' for n in range(1, 3))
    return Page(p, ld(p), f'<body>{nav()}<div class="feed"><article data-index="0"><header><h1>{esc(p.title)}</h1><span>{p.author}</span></header>{ps(body)}</article>{more}</div></body>', body)


def details_comments(p, c):
    body = p.paragraphs(3, 6)
    comments = ''.join(
        f'<details class="CommentBox" open><summary><h3 class="CommentTitle">Re: {p.thing}</h3><p class="CommentPoster">Posted Mar {n}, 2031 9:10 UTC by <b>{p.other()}</b> (subscriber)</p></summary>'
        f'<div class="FormattedComment"><p>{esc(p.comment())}</p><p>{esc(p.comment())}</p></div></details>' for n in range(1, c.randint(4, 9)))
    return Page(p, f'<meta charset="utf-8"><title>{esc(p.title)} [LanternWeekly]</title>', f'''<body><div class="nav"><a href="/">Home</a> <a href="/archives">Archives</a></div><div class="maincolumn"><div class="middlecolumn">
<div class="PageHeadline"><h1>{esc(p.title)}</h1></div><div class="ArticleText"><blockquote class="ad"><b>This article brought to you by subscribers</b><p>Subscribers made this article possible. If you appreciate our content, please buy a subscription.</p></blockquote>
<div class="FeatureByline">By <b>{p.author}</b><br>{p.long_date()}</div>{ps(body)}</div><hr width="60%"><div class="foot">Copyright © 2031, Lantern Weekly<br>Comments and public postings are copyrighted by their creators.</div><a name="Comments"></a>{comments}</div></div></body>''', body)


def captions(p, c):
    body = p.paragraphs(4, 7)
    forms = [
        lambda: f'<p class="image-credit-wrap"><span class="cutline js-caption">{esc(p.caption())}</span><span class="credit">(Photo: {p.other()}, AP)</span></p>',
        lambda: f'<div class="photo"><img src="x.jpg"><div class="photo-text">{esc(p.caption())} <span>{p.other()}/Reuters</span></div></div>',
        lambda: f'<p><img src="y.jpg" alt=""><br><em>{esc(p.caption())} Photo: {p.other()}</em></p>',
        lambda: f'<p class="caption">{esc(p.caption())} Credit: {p.other()}</p>',
        lambda: f'<figure><img src="z.jpg"><figcaption>{esc(p.caption())} <small>Image: {p.other()}</small></figcaption></figure>',
        lambda: f'<p><a href="big.jpg"><img src="w.jpg"></a></p><p><small>{esc(p.caption())} (Photograph by {p.other()})</small></p>',
    ]
    blocks = [f'<p>{esc(text)}</p>' for text in body]
    for at, form in zip((3, 1, 0), c.sample(forms, 3)):
        blocks.insert(at, form())
    return Page(p, og(p), f'<body>{nav()}<div class="page"><article class="asset story"><h1>{esc(p.title)}</h1><div class="asset-byline">{p.author}, The Daily Lantern</div>{"".join(blocks)}</article></div><footer>© The Daily Lantern</footer></body>', body,
                may=[f'{p.author}, The Daily Lantern'])


def amp(p, c):
    body = p.paragraphs(5, 8)
    return Page(p, ld(p) + '<style amp-boilerplate>body{animation:none}</style><link rel="canonical" href="https://lantern.example/a">', f'''<body><amp-sidebar id="side"><ul><li><a>World</a></li><li><a>Sport</a></li></ul></amp-sidebar><article class="amp-wp-article">
<header class="amp-wp-article-header"><h1 class="amp-wp-title">{esc(p.title)}</h1><div class="amp-wp-meta amp-wp-byline"><span class="amp-wp-author author vcard">{p.author}</span></div></header><div class="amp-wp-article-content">{ps(body[:2])}
<figure class="wp-caption"><amp-img src="a.jpg"></amp-img><p class="wp-caption-text">{esc(p.caption())}</p></figure><amp-ad type="x"></amp-ad>{ps(body[2:])}<p>Follow us on <a>Facebook</a> and <a>Twitter</a>.</p><p><a href="/app">Download our app</a></p></div>
<footer class="amp-wp-article-footer"><div class="amp-wp-tax-tag">Tags: <a>{p.town}</a>, <a>{p.thing}</a></div><div class="amp-wp-comments-link"><a>Leave a Comment</a></div></footer></article>
<amp-user-notification id="n"><p>We use cookies to improve this site and to show you advertising that fits. By staying you agree.</p><button>Accept</button></amp-user-notification></body>''', body)


def live_blog(p, c):
    entries = [(f'{h}:{c.randint(10, 59)}', c.choice(SUBHEADS) + f' ({h})', p.paragraphs(1, 2)) for h in range(18, 8, -c.randint(1, 2))]
    gold, blocks = [], []
    for time, head, texts in entries:
        gold += [head, *texts]
        blocks.append(f'<article class="live-entry" id="e{time[:2]}"><header><time datetime="{p.iso()}T{time}:00Z">{time}</time><h3>{esc(head)}</h3></header><div class="entry-body">{ps(texts)}</div><div class="entry-share"><a>Share</a> <a>Copy link</a></div></article>')
    return Page(p, ld(p), f'''<body>{nav()}<main><div class="live-head"><h1>{esc(p.title)}</h1><div class="by">{p.author}</div></div><section class="live-list" aria-label="Live updates">{"".join(blocks)}</section>
<section class="most-read"><h2>Most read</h2><ol><li><a>{esc(p.teaser())}</a></li><li><a>{esc(p.teaser())}</a></li></ol></section></main><footer>Terms</footer></body>''', gold, may=[time for time, _, _ in entries])


def print_view(p, c):
    body = p.paragraphs(5, 9)
    return Page(p, f'<title>Print: {esc(p.title)}</title><meta name="robots" content="noindex">', f'''<body onload="window.print()"><div><a href="javascript:window.close()">Close window</a> | <a href="javascript:print()">Print this page</a></div><p><b>The Daily Lantern</b></p>
<h2>{esc(p.title)}</h2><p>{p.author}<br>{p.long_date()}</p>{ps(body)}<hr><p>Find this article at:<br>http://lantern.example/news/{c.randint(1000, 9999)}</p><p>© 2031 The Daily Lantern. All rights reserved.</p></body>''', body, may=['The Daily Lantern'], author='', date=False)


def drupal(p, c):
    body = p.paragraphs()
    heads = c.sample(SUBHEADS, 2)
    gold = body[:2] + [heads[0]] + body[2:4] + [heads[1]] + body[4:]
    inner = ps(body[:2]) + f'<h2>{heads[0]}</h2>' + ps(body[2:4]) + f'<h3>{heads[1]}</h3>' + ps(body[4:])
    return Page(p, og(p), f'''<body class="node-type-article"><div class="region region-header">{nav()}</div><div class="region region-content"><div class="node node-article"><h1 class="page-title"><span class="field field--name-title">{esc(p.title)}</span></h1>
<div class="submitted">Submitted by <a>{p.author}</a> on {p.long_date()}</div><div class="field field--name-field-lead field__item">{esc(p.title)} and what it means</div><div class="clearfix text-formatted field field--name-body field--type-text-with-summary field__item">{inner}</div>
<div class="field field--name-field-tags"><div class="field__label">Tags</div><div class="field__items"><div class="field__item"><a>{p.town}</a></div></div></div><ul class="links inline"><li><a>Add new comment</a></li><li>{c.randint(10, 999)} reads</li></ul>
<section class="comment-wrapper"><h2>Comments</h2><div class="comment"><div class="user">{p.other()}</div><div class="content">{ps([p.comment(), p.comment()])}</div></div></section></div></div>
<div class="region region-sidebar"><div class="block"><h2>Related content</h2><a>{esc(p.teaser())}</a></div></div></body>''', gold, may=[p.title + ' and what it means'])


def brief(p, c):
    body = p.paragraphs(1, 2)
    comments = ''.join(f'<div class="msg"><div class="msg-head"><span>{p.other()}</span><span>{n} days ago</span></div><div class="msg-text">{esc(p.comment())}</div><div><a>Reply</a> <a>Report</a></div></div>' for n in range(2, c.randint(5, 9)))
    return Page(p, og(p), f'''<body>{nav()}<div class="wrap"><div class="news-item"><h1>{esc(p.title)}</h1><div class="meta"><span>{p.author}</span> <span>{p.long_date()}</span></div>{ps(body)}</div><div class="discussion"><h3>{c.randint(3, 20)} comments</h3>{comments}</div></div></body>''', body)


def interview(p, c):
    blocks, gold = [], [p.paragraph()]
    for _ in range(c.randint(5, 8)):
        question, answer = f'How did the {p.thing} in {p.town} come to this after {c.randint(3, 90)} years?', p.paragraph()
        gold += [question, answer]
        blocks.append(f'<p><strong>{esc(question)}</strong></p><p>{esc(answer)}</p>')
    return Page(p, ld(p), f'''<body>{nav()}<article><h1>{esc(p.title)}</h1><p class="standfirst">A talk about bolts and planks</p><div class="c-byline"><a rel="author">{p.author}</a></div><p>{esc(gold[0])}</p>{"".join(blocks)}
<p><em>Interview: {p.author}</em></p><div class="support"><h3>Support independent journalism</h3><p>Unlike many others we have no paywall. Your contribution, however small, keeps us going.</p><a>Contribute</a></div></article></body>''', gold, may=['A talk about bolts and planks', f'Interview: {p.author}'])


# Apart.

def blogger(p, c):
    body = p.paragraphs(4, 8)
    comments = ''.join(f'<dt class="comment-author"><a>{p.other()}</a> said...</dt><dd class="comment-body"><p>{esc(p.comment())}</p></dd><dd class="comment-footer">8:0{n} AM</dd>' for n in range(1, c.randint(3, 7)))
    return Page(p, f'<meta charset="utf-8"><title>Lantern Notes: {esc(p.title)}</title>', f'''<body><div id="header-wrapper"><h1 class="title"><a>Lantern Notes</a></h1></div><div id="main-wrapper"><div class="blog-posts hfeed"><div class="date-outer"><h2 class="date-header"><span>{p.long_date()}</span></h2>
<div class="post hentry"><h3 class="post-title entry-title"><a href="/p">{esc(p.title)}</a></h3><div class="post-body entry-content"><div class="separator"><a><img src="a.jpg"></a></div>{'<br /><br />'.join(map(esc, body))}<div style="clear: both;"></div></div>
<div class="post-footer"><span class="post-author vcard">Posted by <span class="fn">{p.author}</span></span> at <abbr class="published" title="{p.iso()}T07:30:00-08:00">7:30 AM</abbr><span class="post-labels">Labels: <a>{p.thing}</a>, <a>{p.town}</a></span></div></div>
<div class="comments" id="comments"><h4>comments:</h4><dl id="comments-block">{comments}</dl><p class="comment-footer"><a>Post a Comment</a></p></div></div></div><div class="blog-pager"><a>Newer Post</a> <a>Older Post</a></div></div>
<div id="sidebar-wrapper"><div class="widget BlogArchive"><h2>Blog Archive</h2><ul><li><a>2031 (14)</a></li></ul></div><div class="widget Profile"><h2>About Me</h2><p>I live by the sea and write about what breaks.</p></div></div></body>''', body)


def anonymous_comments(p, c):
    """Blocks without any telling name; comments in a table after a heading."""
    body = p.paragraphs(3, 5)
    rows = ''.join(f'<tr><td width="140">{p.other()}<br><small>Joined 2029<br>Posts: {c.randint(5, 900)}</small></td><td><small>Posted: {n} June 2031, 10:1{n}</small><div>{esc(p.comment())}</div></td></tr>' for n in range(1, c.randint(4, 8)))
    return Page(p, f'<meta charset="utf-8"><title>{esc(p.title)}</title><meta name="author" content="{p.author}"><meta name="dc.date" content="{p.iso()}">', f'''<body><div><a href="/">Start</a> <a href="/forum">Forum</a></div><div><div><h1>{esc(p.title)}</h1><div>{p.long_date()}</div>{ps(body)}</div>
<div><h2>What readers say</h2><table>{rows}</table></div></div><div><a>Imprint</a></div></body>''', body)


def magazine(p, c):
    body = p.paragraphs(7, 11)
    quote = '"' + p.paragraph(1, 1).strip('"') + '"'
    gold = body[:3] + [quote] + body[3:]
    first = esc(body[0])
    return Page(p, og(p), f'''<body><header>{nav()}</header><article class="feature"><header class="feature-head"><div class="rubric">Letter from {p.town}</div><h1>{esc(p.title)}</h1><h2 class="dek">Bolts, planks and the price of patience</h2><div class="byline">By <a>{p.author}</a></div></header>
<div class="body"><p class="has-dropcap"><span class="dropcap">{first[0]}</span>{first[1:]}</p>{ps(body[1:3])}<blockquote class="pullquote">{esc(quote)}</blockquote>{ps(body[3:5])}
<div class="inline-signup"><h4>The Evening Lantern</h4><p>Our editors’ pick of the day, in your inbox at six.</p><form><input type="email"><button>Sign up</button></form><p>By signing up, you agree to our user agreement and privacy policy.</p></div>{ps(body[5:])}</div>
<p class="bio"><em>{p.author} is a staff writer at The Daily Lantern and the author of “Low Water.”</em></p><div class="tags">More: <a>{p.town}</a> <a>{p.thing}</a></div></article>
<section class="recirc"><h2>Read Next</h2><div><h3><a>{esc(p.teaser())}</a></h3><p>{esc(p.other_paragraphs(1, 1)[0])}</p><p>By {p.other()}</p></div><div><h3><a>{esc(p.teaser())}</a></h3><p>{esc(p.other_paragraphs(1, 1)[0])}</p></div></section></body>''', gold,
        may=[f'Letter from {p.town}', 'Bolts, planks and the price of patience'])


def letters(p, c):
    gold, blocks = [], []
    for n in range(c.randint(4, 6)):
        text, who = p.paragraph(), f'{p.ours[n]}, {p.town}'
        head = f'{c.choice(SUBHEADS)} {n + 1}'
        gold += [head, 'SIR –', text, who]
        blocks.append(f'<h3>{head}</h3><p>SIR –</p><p>{esc(text)}</p><p><strong>{p.ours[n]}, {p.town}</strong></p>')
    return Page(p, og(p), f'<body>{nav()}<main><h1>{esc(p.title)}</h1><div class="letters-body">{"".join(blocks)}</div><div class="write-in"><p>Letters may be edited. Write to letters@lantern.example with your name and address.</p></div></main><aside><h3>Most popular</h3><ol><li><a>{esc(p.teaser())}</a></li></ol></aside></body>', gold)


def paywall(p, c):
    body = p.paragraphs(3, 5)
    return Page(p, ld(p), f'''<body><div class="consent-layer" role="dialog"><h2>Your privacy</h2><p>We and our {c.randint(100, 900)} partners store and access information on a device, such as cookies, and process personal data. You may change your choice at any time.</p><button>Agree</button></div>{nav()}
<article><div class="premium-flag">Premium</div><h1>{esc(p.title)}</h1><div>{p.author}</div><div class="article__body">{ps(body)}</div><div class="article__gate"><h3>Continue reading</h3><p>This article is reserved for subscribers. You have read your last free article this month.</p><ul><li>Unlimited access to all articles</li><li>Cancel at any time</li></ul><a>Subscribe for 1 crown</a><p>Already a subscriber? <a>Log in</a></p></div></article></body>''', body)


def tables_and_lists(p, c):
    body = p.paragraphs(4, 6)
    rows = [(f'{town} {n}', str(c.randint(100, 900)), str(c.randint(1, 99))) for n, town in enumerate(c.sample(['North quay', 'South quay', 'Old basin', 'Ferry pier', 'Inner wall'], 4))]
    items = [p.paragraph(1, 1) for _ in range(4)]
    gold = body[:2] + ['Section Length Cracks'] + [' '.join(row) for row in rows] + body[2:3] + items + body[3:]
    table = '<table><thead><tr><th>Section</th><th>Length</th><th>Cracks</th></tr></thead><tbody>' + ''.join('<tr>' + ''.join(f'<td>{cell}</td>' for cell in row) + '</tr>' for row in rows) + '</tbody></table>'
    return Page(p, og(p), f'''<body>{nav()}<div class="article"><h1>{esc(p.title)}</h1><p class="author">{p.author}</p>{ps(body[:2])}{table}{ps(body[2:3])}<ul>{"".join(f"<li>{esc(item)}</li>" for item in items)}</ul>{ps(body[3:])}
<ul class="topics"><li><a>{p.town}</a></li><li><a>{p.thing}</a></li></ul></div><div class="footer-links"><ul><li><a>Contact</a></li><li><a>Jobs</a></li></ul></div></body>''', gold)


def div_soup(p, c):
    """No p at all, other stories below in the same markup."""
    body = p.paragraphs(4, 7)
    more = ''.join(f'<div class="r"><div class="h"><a href="/s">{esc(p.teaser())}</a></div><div>{esc(p.other_paragraphs(1, 1)[0])}</div></div>' for _ in range(4))
    return Page(p, ld(p), f'''<body><div class="top"><a>Home</a><a>News</a></div><div class="a"><div class="h1"><h1>{esc(p.title)}</h1></div><div class="w">{p.author} | {p.long_date()}</div>{"".join(f"<div>{esc(t)}</div>" for t in body)}</div>
<div class="b"><div class="t">You might also like</div>{more}</div><div class="z">© 2031 Lantern</div></body>''', body, may=[f'{p.author} | {p.long_date()}'])


def wire(p, c):
    body = p.paragraphs(6, 9)
    body[0] = f'{p.town.upper()} (Lantern) - ' + body[0]
    blocks = [f'<p>{esc(t)}</p>' for t in body]
    blocks.insert(5, f'<p>&gt;&gt; <a href="/q">{esc(p.teaser())}</a></p>')
    blocks.insert(4, f'<ul><li><a href="/u">{esc(p.teaser())}</a></li><li><a href="/v">{esc(p.teaser())}</a></li></ul>')
    blocks.insert(2, f'<p><b>ALSO READ | <a href="/t">{esc(p.teaser())}</a></b></p>')
    blocks.insert(1, f'<p><a href="/w">READ: {esc(p.teaser())}</a></p>')
    signed = f'(Reporting by {p.author}; Editing by {p.other()})'
    blocks.append(f'<p>{signed}</p>')
    return Page(p, og(p), f'<body>{nav()}<div class="story-content"><h1>{esc(p.title)}</h1><div class="time">{p.long_date()}</div>{"".join(blocks)}<p><b>Follow us on social media and never miss a story.</b></p></div></body>', body, may=[signed])


def overlay(p, c):
    """The notice about cookies comes first and is longer than the story."""
    body = p.paragraphs(2, 3)
    notice = ['We use cookies and similar techniques to keep this site running, to measure how it is used and to show advertising that suits you.',
              'Some of our partners process your data without asking for your consent, but rely on their legitimate interest in doing so.',
              'You can refuse all but the necessary cookies, change your choice at any time or read more in our privacy policy.',
              'Necessary cookies make the site usable by enabling basic functions such as page navigation and access to secure areas.',
              'Marketing cookies are used to track visitors across websites, in order to display ads that are relevant for the individual user.']
    return Page(p, og(p), f'<body><div class="ccm-root"><div class="ccm-inner"><h2>We value your privacy</h2>{ps(notice)}<button>Accept all</button><button>Reject</button></div></div><div class="page">{nav()}<div class="txt"><h1>{esc(p.title)}</h1><p>{p.author}</p>{ps(body)}</div></div></body>', body)


def plain_pre(p, c):
    body = p.paragraphs(5, 8)
    text = '\n\n'.join(body)
    return Page(p, f'<title>{esc(p.title)}</title>', f'<body><h1>{esc(p.title)}</h1><address>{p.author}</address><pre>{esc(text)}</pre><hr><a href="index.html">Back to index</a></body>', body, date=False)


def timeline(p, c):
    gold, blocks = [], []
    lead = p.paragraph()
    for year in range(1990, 1990 + 5 * c.randint(4, 6), 5):
        text = p.paragraph()
        gold += [str(year), text]
        blocks.append(f'<h2>{year}</h2><figure><img src="{year}.jpg"><figcaption>{esc(p.caption())}</figcaption></figure><p>{esc(text)}</p>')
    return Page(p, ld(p), f'''<body>{nav()}<main class="content"><h1>{esc(p.title)}</h1><ul class="social-share"><li><a>Facebook</a></li><li><a>X</a></li><li><a>Email</a></li></ul><p>{esc(lead)}</p>{"".join(blocks)}
<div class="trc_related_container"><span>Sponsored links</span><div><a>{esc(p.teaser())}</a></div></div></main></body>''', [lead] + gold)


def lazy_sections(p, c):
    """Each paragraph in a wrapper of its own, with advertisements between."""
    body = p.paragraphs(6, 10)
    inner = ''.join(f'<div class="block block-text"><div class="rte"><p>{esc(t)}</p></div></div>' + ('<div class="block block-ad"><span>Advertisement</span></div>' if n % 2 else '') for n, t in enumerate(body))
    related = f'<div class="block block-links"><div class="rte"><h4>More on this story</h4><ul><li><a href="/a">{esc(p.teaser())}</a></li><li><a href="/b">{esc(p.teaser())}</a></li></ul></div></div>'
    return Page(p, og(p), f'''<body>{nav()}<main><div class="article-head"><h1>{esc(p.title)}</h1><div class="lead">What happened and why it matters</div><div class="contributor"><img alt=""><span>{p.author}</span><span>BBC correspondent in {p.town}</span></div></div>
<div class="blocks">{inner}{related}</div><div class="block-comments"><div class="hdr">Join the discussion</div>{"".join(f'<div class="post"><b>{p.other()}</b><p>{esc(p.comment())}</p></div>' for _ in range(5))}</div></main></body>''', body,
        may=['What happened and why it matters', f'BBC correspondent in {p.town}'])


TUNED = [wordpress, layout_table, random_classes, two_stories, two_articles, details_comments, captions, amp, live_blog, print_view, drupal, brief, interview]
APART = [blogger, anonymous_comments, magazine, letters, paywall, tables_and_lists, div_soup, wire, overlay, plain_pre, timeline, lazy_sections]
