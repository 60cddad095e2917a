"""Whether texts can be read where they stand and what is chosen is marked, asked of the page itself, in any engine."""

CLASHES = """() => {
    const shown = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true })
        && !one.closest(".vh, .skip, .cm-gutters, .cm-fat-cursor") && getComputedStyle(one).clipPath !== "inset(50%)";
    const name = (one) => `<${one.tagName.toLowerCase()} ${one.getAttribute("class") ?? one.name ?? ""}>`;
    const words = (text) => JSON.stringify(text.data.trim().slice(0, 40));
    const leaves = (inner, outer) => inner.left < outer.left - 2 || inner.right > outer.right + 2
        || inner.top < outer.top - 2 || inner.bottom > outer.bottom + 2;
    const common = (one, other) => ({
        left: Math.max(one.left, other.left), right: Math.min(one.right, other.right),
        top: Math.max(one.top, other.top), bottom: Math.min(one.bottom, other.bottom),
    });
    const large = (box) => box.right - box.left > 2 && box.bottom - box.top > 2;
    const letters = (text) => {  // a line is higher than its letters
        const range = document.createRange();
        range.selectNodeContents(text);
        const size = parseFloat(getComputedStyle(text.parentElement).fontSize);
        return [...range.getClientRects()].map(({ left, right, top, bottom }) => {
            const spare = Math.max(0, (bottom - top - size) / 2);
            return { left, right, top: top + spare, bottom: bottom - spare };
        });
    };
    const over = ":popover-open, details.menu .sheet, .toasts, .cm-tooltip, .edithelp";
    const layer = (text) => text.parentElement.closest(over);
    const said = new Set();
    const lines = [];
    const all = document.querySelector("dialog:modal") ?? document.body;
    const walker = document.createTreeWalker(all, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
        const holder = text.parentElement;
        if (!text.data.trim() || !shown(holder) || holder.closest("svg, script, option")) continue;
        let boxes = letters(text).filter(large);
        // What lies over the page may leave what it belongs to.
        const next = (one) => one.matches(over) ? document.body : one.parentElement;
        for (let one = holder; one !== document.body && boxes.length; one = next(one)) {
            const style = getComputedStyle(one);
            const box = one.getBoundingClientRect();
            if (/auto|scroll/.test(style.overflow)) {  // the rest comes into sight
                boxes = boxes.map((line) => common(line, box)).filter(large);
                continue;
            }
            const drawn = parseFloat(style.borderTopWidth) && style.borderTopColor !== "rgba(0, 0, 0, 0)";
            const around = drawn && !/^(inline|contents|table.*)$/.test(style.display);
            if ((around || style.overflow !== "visible") && boxes.some((line) => leaves(line, box)))
                said.add(`${words(text)} leaves its ${name(one)}`);
        }
        lines.push(...boxes.map((box) => [box, text]));
    }
    lines.sort(([one], [other]) => one.top - other.top);
    lines.forEach(([one, text], index) => {
        for (const [other, another] of lines.slice(index + 1)) {
            if (other.top > one.bottom) break;
            if (large(common(one, other)) && layer(text) === layer(another))
                said.add(`${words(text)} and ${words(another)} overlap`);
        }
    });
    for (const field of document.querySelectorAll("input:not([type=checkbox], [type=radio], [type=range]), select"))
        if (shown(field) && field.clientHeight < 1.1 * parseFloat(getComputedStyle(field).fontSize))
            said.add(`${name(field)} is too low for its letters`);
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wide > 0) said.add(`the page is ${wide} px wider than its window`);
    return [...said];
}"""
"""Texts that leave the box that is drawn around them or that cuts them, be it with dots, texts that lie on one another,
fields that are too low for what is in them, and a page that scrolls sideways.
"""

UNMARKED = """() => {
    const chosen = "[aria-selected=true], [aria-pressed=true], [aria-current]:not([aria-current=false])";
    const group = "[role=tablist], [role=listbox], [role=group], nav, ul, tbody, .segment, .row";
    const looks = (one) => [null, "::before", "::after"].map((part) => {
        const style = getComputedStyle(one, part);
        const { backgroundColor, color, borderColor, outlineStyle, outlineColor, textDecorationLine, content } = style;
        return [backgroundColor, color, borderColor, outlineStyle, outlineColor, textDecorationLine, content].join();
    }).join() + getComputedStyle(one.querySelector("svg") ?? one).fill;
    return [...document.querySelectorAll(chosen)].filter((one) => one.checkVisibility()).filter((one) => {
        const others = [...one.closest(group)?.querySelectorAll(one.tagName) ?? []];
        return others.some((other) => !other.matches(chosen) && other.checkVisibility() && looks(other) === looks(one));
    }).map((one) => `${one.textContent.trim().slice(0, 40)} is chosen and looks like those that are not`);
}"""
"""What is chosen and does not differ from the others in colours, lines or marks: its weight alone is too little."""
