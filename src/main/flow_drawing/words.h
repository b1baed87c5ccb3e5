#pragma once

#include "core/terms/terms.h"

namespace amer::flow_drawing {

// A word of the drawings in each language.
struct Word {
    const char* ar;
    const char* en;

    const char* in(Language language) const { return language == Language::arabic ? ar : en; }
};

inline constexpr Word kFlow{"المسار", "flow"};
inline constexpr Word kSteps{"عدد الخطوات", "steps"};
inline constexpr Word kBeginsWith{"يبدأ بـ", "begins with"};

// kinds of steps
inline constexpr Word kSay{"رسالة مسموعة", "say"};
inline constexpr Word kMenu{"قائمة", "menu"};
inline constexpr Word kCollect{"إدخال أرقام", "digits"};
inline constexpr Word kConsent{"إشعار التسجيل", "notice of recording"};
inline constexpr Word kHours{"الدوام الرسمي", "official hours"};
inline constexpr Word kCallerKnown{"رقم المتصل", "caller's number"};
inline constexpr Word kEnqueue{"طابور انتظار", "queue"};
inline constexpr Word kTakeMessage{"رسالة صوتية", "message"};
inline constexpr Word kLookUp{"استعلام برقم مرجعي", "reference looked up"};
inline constexpr Word kNotice{"إشعار طارئ عند سريانه", "notice, while one is in force"};
inline constexpr Word kHangUp{"إنهاء المكالمة", "hang up"};

// details
inline constexpr Word kCallbackNumber{"رقم لمعاودة الاتصال", "number to call back"};
inline constexpr Word kAndAlso{"ومعه", "and also"};
inline constexpr Word kReference{"رقم مرجعي", "reference"};

// when something is said, or a way is gone
inline constexpr Word kWrongKey{"اختيار غير صحيح", "wrong key"};
inline constexpr Word kNoKey{"دون اختيار", "no key"};
inline constexpr Word kNothingChosen{"دون اختيار صحيح، المحاولات", "no right key, tries"};
inline constexpr Word kUnderstood{"إدخال صحيح", "understood"};
inline constexpr Word kRefused{"عند الرفض، الرقم", "refused with key"};
inline constexpr Word kOpen{"أثناء الدوام", "open"};
inline constexpr Word kClosed{"خارج الدوام", "closed"};
inline constexpr Word kNumberKnown{"الرقم ظاهر", "known"};
inline constexpr Word kNumberHidden{"الرقم مخفي", "hidden"};
inline constexpr Word kNobodyComes{"انتهى الدوام أو طال الانتظار", "closed, or waited too long"};
inline constexpr Word kQueueFull{"الطابور ممتلئ", "queue is full"};
inline constexpr Word kNobodyThere{"لا موظف متاح", "no agent there"};
inline constexpr Word kWaitedLongest{"طال الانتظار", "waited longest"};
inline constexpr Word kKeepsPlace{"معاودة الاتصال مع حفظ الدور", "called back, keeps his place"};
inline constexpr Word kNoNotice{"دون اختيار أو دون إشعار", "no key, or no notice"};
inline constexpr Word kThanks{"بعد الرسالة", "after the message"};
inline constexpr Word kNothingLeft{"دون رسالة", "no message left"};
inline constexpr Word kFound{"مسجَّل", "found"};
inline constexpr Word kUnknown{"غير مسجَّل", "not found"};
inline constexpr Word kInArabic{"بالعربية", "in Arabic"};
inline constexpr Word kInEnglish{"بالإنجليزية", "in English"};

}  // namespace amer::flow_drawing
