// The shortcodes that this page knows; any other is shown as it is written.
export const EMOJI = {
  '+1': '👍', thumbsup: '👍', '-1': '👎', thumbsdown: '👎', ok_hand: '👌', wave: '👋', clap: '👏', raised_hands: '🙌', pray: '🙏', muscle: '💪',
  eyes: '👀', smile: '😄', slightly_smiling_face: '🙂', joy: '😂', thinking_face: '🤔', cry: '😢', sweat_smile: '😅', scream: '😱', tada: '🎉', heart: '❤️',
  fire: '🔥', rocket: '🚀', warning: '⚠️', rotating_light: '🚨', bell: '🔔', no_bell: '🔕', white_check_mark: '✅', heavy_check_mark: '✔️', x: '❌',
  no_entry: '⛔', no_entry_sign: '🚫', question: '❓', exclamation: '❗', pushpin: '📌', round_pushpin: '📍', memo: '📝', pencil: '📝', pencil2: '✏️',
  bookmark: '🔖', link: '🔗', lock: '🔒', unlock: '🔓', key: '🔑', hourglass: '⌛', hourglass_flowing_sand: '⏳', stopwatch: '⏱️', alarm_clock: '⏰',
  clock1: '🕐', calendar: '📅', date: '📅', telephone_receiver: '📞', phone: '☎️', pager: '📟', mega: '📣', loudspeaker: '📢', speech_balloon: '💬',
  bulb: '💡', mag: '🔍', wrench: '🔧', hammer: '🔨', hammer_and_wrench: '🛠️', gear: '⚙️', bug: '🐛', ambulance: '🚑', fire_engine: '🚒',
  chart_with_upwards_trend: '📈', chart_with_downwards_trend: '📉', bar_chart: '📊', page_facing_up: '📄', clipboard: '📋', paperclip: '📎', package: '📦',
  red_circle: '🔴', large_orange_circle: '🟠', orange_circle: '🟠', large_yellow_circle: '🟡', yellow_circle: '🟡', large_green_circle: '🟢',
  green_circle: '🟢', large_blue_circle: '🔵', blue_circle: '🔵', white_circle: '⚪', black_circle: '⚫', large_green_square: '🟩', large_red_square: '🟥',
  large_yellow_square: '🟨', triangular_flag_on_post: '🚩', checkered_flag: '🏁', waving_white_flag: '🏳️', arrow_up: '⬆️', arrow_down: '⬇️',
  arrow_right: '➡️', arrow_left: '⬅️', arrows_counterclockwise: '🔄', rewind: '⏪', leftwards_arrow_with_hook: '↩️', octagonal_sign: '🛑', fast_forward: '⏩', zzz: '💤', sleeping: '😴', robot_face: '🤖',
  sos: '🆘', construction: '🚧', zap: '⚡', star: '⭐', sparkles: '✨', information_source: 'ℹ️', bust_in_silhouette: '👤', busts_in_silhouette: '👥',
  male_firefighter: '👨‍🚒', firefighter: '🧑‍🚒', shield: '🛡️', recycle: '♻️', house: '🏠', computer: '💻', new: '🆕', test_tube: '🧪', dart: '🎯',
};

export const QUICK = ['pushpin', '+1', 'eyes', 'white_check_mark'];
export const emoji = (name) => EMOJI[name.replace(/::skin-tone-\d/, '')];
